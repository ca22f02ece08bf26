// Comfort only: the text area works without it. A prose editor over the area, saving by itself,
// findings while one writes. The server cleans whatever is pasted.
(function () {
  "use strict";
  var form = document.getElementById("record-form");
  if (!form) { return; }
  var said = document.querySelector("[data-saved]"), panel = document.querySelector("[data-panel]");
  var dirty = false, busy = false, stopped = false, looking, saving;

  function tell(words) { if (said) { said.textContent = words; } }
  function post(url) { return fetch(url, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } }); }
  function look() {
    post(form.dataset.findings).then(function (answer) { return answer.ok ? answer.text() : null; }).then(function (html) {
      var here = panel && panel.querySelector("[data-findings-here]");
      if (html && here && dirty) { here.innerHTML = html; }
    }).catch(function () {});
  }
  function save() {
    if (!dirty || busy || stopped) { return; }
    busy = true; dirty = false;
    post(form.dataset.save).then(function (answer) {
      return answer.json().then(function (kept) {
        if (!answer.ok) {
          dirty = true; stopped = answer.status === 409;
          tell(kept.message + (stopped ? "请按“保存”，看看对方改了什么。" : ""));
          return;
        }
        form.elements.revision.value = kept.revision; form.elements.base.value = kept.base;
        if (panel && !dirty) { panel.innerHTML = kept.panel; }
        tell(kept.saved_at + " 已保存");
      });
    }).catch(function () { dirty = true; tell("没有保存：连不上服务器。您填的还在这一页。"); }).then(function () {
      busy = false; if (dirty && !stopped) { later(); }
    });
  }
  function later() { clearTimeout(saving); saving = setTimeout(save, 4000); }
  function changed() {
    dirty = true; clearTimeout(looking); looking = setTimeout(look, 1200);
    // After faults or a clash the person decides by a button, not the script.
    if (!form.querySelector("[name='over']")) { later(); }
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", function () { stopped = true; dirty = false; clearTimeout(saving); });
  window.addEventListener("beforeunload", function (event) { if (dirty) { event.preventDefault(); } });

  var area = form.querySelector("textarea[data-prose]");
  if (!area) { return; }
  var label = form.querySelector("label[for='" + area.id + "']");
  var bar = document.createElement("div"), prose = document.createElement("div");
  bar.className = "prose-bar"; bar.setAttribute("role", "toolbar"); bar.setAttribute("aria-label", "正文格式");
  prose.className = "prose"; prose.contentEditable = "true"; prose.innerHTML = area.value;
  prose.setAttribute("role", "textbox"); prose.setAttribute("aria-multiline", "true");
  if (label) { prose.setAttribute("aria-label", label.firstChild.textContent); label.addEventListener("click", function () { prose.focus(); }); }
  document.execCommand("defaultParagraphSeparator", false, "p");
  function keep() { area.value = prose.innerHTML; changed(); }
  function command(name, value) { prose.focus(); document.execCommand(name, false, value); keep(); }
  function row(table, width) { for (var at = 0, line = table.insertRow(); at < width; at += 1) { line.insertCell().appendChild(document.createElement("br")); } }
  function table() {
    var here = window.getSelection().anchorNode, inside = here && (here.closest ? here : here.parentNode);
    var found = inside && prose.contains(inside) && inside.closest("table");
    if (found) { row(found, found.rows[0].cells.length); keep(); return; }
    command("insertHTML", "<table><tbody><tr><td><br></td><td><br></td><td><br></td></tr><tr><td><br></td><td><br></td><td><br></td></tr></tbody></table><p><br></p>");
  }
  [["小标题", function () { command("formatBlock", "h2"); }], ["正文段落", function () { command("formatBlock", "p"); }],
    ["加粗", function () { command("bold"); }], ["列表", function () { command("insertUnorderedList"); }],
    ["编号", function () { command("insertOrderedList"); }], ["表格／加一行", table]].forEach(function (one) {
    var button = document.createElement("button");
    button.type = "button"; button.textContent = one[0]; button.addEventListener("mousedown", function (event) { event.preventDefault(); });
    button.addEventListener("click", one[1]); bar.append(button);
  });
  // From Word or a page: paragraphs, lists and tables, without looks.
  function plain(node) {
    Array.prototype.slice.call(node.querySelectorAll("style, script, meta, link, title, xml, img")).forEach(function (one) { one.remove(); });
    Array.prototype.slice.call(node.querySelectorAll("*")).forEach(function (one) {
      Array.prototype.slice.call(one.attributes).forEach(function (held) { if (["href", "colspan", "rowspan"].indexOf(held.name) < 0) { one.removeAttribute(held.name); } });
      if (["SPAN", "FONT", "DIV", "O:P"].indexOf(one.tagName) >= 0) { one.replaceWith.apply(one, Array.prototype.slice.call(one.childNodes)); }
    });
    return node.innerHTML;
  }
  prose.addEventListener("paste", function (event) {
    var html = event.clipboardData.getData("text/html");
    if (!html) { return; }
    event.preventDefault();
    command("insertHTML", plain(new DOMParser().parseFromString(html, "text/html").body));
  });
  prose.addEventListener("input", function (event) { event.stopPropagation(); keep(); });
  area.hidden = true; area.before(bar, prose);
  // Links of the panel lead to the area; while it is hidden they mean the editor.
  document.addEventListener("click", function (event) {
    if (event.target.closest("a[href='#" + area.id + "']")) { event.preventDefault(); prose.focus(); prose.scrollIntoView({ block: "center" }); }
  });
}());
