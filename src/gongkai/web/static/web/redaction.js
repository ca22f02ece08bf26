// Drawing boxes on a page, by mouse, finger or keyboard; saved after each change. The page works
// without this file: boxes are then given by numbers or found by words.
(function () {
  "use strict";
  var data = document.getElementById("sheet-data");
  var sheet = document.getElementById("sheet");
  if (!data || !sheet) { return; }
  var state = JSON.parse(data.textContent);
  var status = document.getElementById("save-state");
  var ground = document.getElementById("draw-ground");
  var token = document.querySelector("#save-form [name=csrfmiddlewaretoken]").value;
  var image = sheet.querySelector("img");
  var pending = false, busy = false, timer = 0;
  document.getElementById("tools").hidden = false;

  function factor() { return image.clientWidth / state.width; }
  function place(button, box) {
    var f = factor();
    button.style.left = box[0] * f + "px"; button.style.top = box[1] * f + "px";
    button.style.width = (box[2] - box[0]) * f + "px"; button.style.height = (box[3] - box[1]) * f + "px";
  }
  function name(mark) {
    var option = Array.prototype.find.call(ground.options, function (one) { return one.value === mark.ground; });
    return "遮盖框，" + (option ? option.textContent : mark.ground);
  }
  function draw() {
    sheet.querySelectorAll(".mark").forEach(function (one) { one.remove(); });
    state.marks.forEach(function (mark) {
      if (mark.page !== state.page) { return; }
      var button = document.createElement("button");
      button.type = "button"; button.className = "mark"; button.setAttribute("aria-label", name(mark));
      place(button, mark.box); button.mark = mark; sheet.append(button);
    });
  }
  function bound(box) {
    return [Math.max(0, Math.min(box[0], state.width)), Math.max(0, Math.min(box[1], state.height)),
      Math.max(0, Math.min(box[2], state.width)), Math.max(0, Math.min(box[3], state.height))];
  }
  function say(words, bad) { status.textContent = words; status.classList.toggle("bad", !!bad); }
  function save() { pending = true; say("正在保存…"); clearTimeout(timer); timer = setTimeout(send, 400); }
  function send() {
    if (busy || !pending) { return; }
    busy = true; pending = false;
    fetch(state.save, { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ version: state.version, marks: state.marks }) })
      .then(function (answer) { return answer.json().then(function (body) { return { ok: answer.ok, body: body }; }); })
      .then(function (got) {
        busy = false;
        if (got.ok) { state.version = got.body.version; say("已保存，共标 " + state.marks.length + " 处"); syncForms(); }
        else { say(got.body.message, true); }
        if (pending) { send(); }
      })
      .catch(function () { busy = false; pending = true; say("没有保存：网络断了，会再试", true); timer = setTimeout(send, 3000); });
  }
  function syncForms() {
    document.querySelectorAll("input[name=version]").forEach(function (one) { one.value = state.version; });
  }
  function add(box) {
    var mark = { page: state.page, box: bound(box), ground: ground.value };
    state.marks.push(mark); draw(); save();
    var last = sheet.querySelectorAll(".mark"); last[last.length - 1].focus();
  }
  function at(event) {
    var edge = image.getBoundingClientRect(), f = factor();
    return [(event.clientX - edge.left) / f, (event.clientY - edge.top) / f];
  }
  var start = null, moved = null;
  sheet.addEventListener("pointerdown", function (event) {
    event.preventDefault();
    var button = event.target.closest(".mark");
    if (button) { moved = { mark: button.mark, from: at(event), box: button.mark.box.slice() }; button.focus(); }
    else { start = at(event); }
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", function (event) {
    if (!moved) { return; }
    var now = at(event), dx = now[0] - moved.from[0], dy = now[1] - moved.from[1];
    moved.mark.box = bound([moved.box[0] + dx, moved.box[1] + dy, moved.box[2] + dx, moved.box[3] + dy]);
    place(document.activeElement, moved.mark.box);
  });
  sheet.addEventListener("pointerup", function (event) {
    if (start) {
      var end = at(event);
      var box = [Math.min(start[0], end[0]), Math.min(start[1], end[1]), Math.max(start[0], end[0]), Math.max(start[1], end[1])];
      if (box[2] - box[0] > 3 && box[3] - box[1] > 3) { add(box); }
    }
    if (moved && moved.mark.box.join() !== moved.box.join()) { save(); }
    start = null; moved = null;
  });
  document.getElementById("new-box").addEventListener("click", function () { add([72, 72, 216, 96]); });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) { return; }
    if (event.key === "n") { event.preventDefault(); add([72, 72, 216, 96]); return; }
    var button = document.activeElement, step = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -2], ArrowDown: [0, 2] }[event.key];
    if (!button || !button.mark) { return; }
    var box = button.mark.box;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault(); state.marks.splice(state.marks.indexOf(button.mark), 1); draw(); save();
    } else if (step) {
      event.preventDefault();
      button.mark.box = bound(event.shiftKey ? [box[0], box[1], box[2] + step[0], box[3] + step[1]] : [box[0] + step[0], box[1] + step[1], box[2] + step[0], box[3] + step[1]]);
      place(button, button.mark.box); save();
    }
  });
  window.addEventListener("resize", draw);
  window.addEventListener("beforeunload", function (event) { if (pending || busy) { event.preventDefault(); } });
  if (image.complete) { draw(); } else { image.addEventListener("load", draw); }
}());
