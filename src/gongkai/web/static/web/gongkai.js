// Comfort only: every page works without this file. No inline handlers, so the policy stays strict.
(function () {
  "use strict";
  var faults = document.querySelector("[data-focus]");
  if (faults) { faults.focus(); }
  // The first press on a link of the summary lands in the field, not only beside it.
  document.addEventListener("click", function (event) {
    var link = event.target.closest(".error-summary a[href^='#']");
    var field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: "center" }); }
  });
  document.querySelectorAll("[data-toast]").forEach(function (toast) {
    var close = document.createElement("button");
    close.type = "button"; close.textContent = "关闭";
    close.addEventListener("click", function () { toast.remove(); });
    toast.append(close);
    if (!toast.classList.contains("toast-stays")) {
      var timer = setTimeout(function () { toast.remove(); }, 6000);
      ["mouseenter", "focusin"].forEach(function (name) { toast.addEventListener(name, function () { clearTimeout(timer); }); });
    }
  });
  // J and K walk the rows, F the findings, / goes to the first filter; never inside a field.
  function step(selector, by) {
    var all = Array.prototype.slice.call(document.querySelectorAll(selector));
    var at = all.indexOf(document.activeElement) + by;
    var next = all[Math.max(0, Math.min(all.length - 1, at))];
    if (next) { next.focus(); }
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) { return; }
    if (event.key === "j") { step(".rows td a", 1); }
    if (event.key === "k") { step(".rows td a", -1); }
    if (event.key === "f") { step(".finding a", 1); }
    if (event.key === "/") { var box = document.querySelector(".filters input"); if (box) { event.preventDefault(); box.focus(); } }
  });
}());
