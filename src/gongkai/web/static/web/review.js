// Comfort only: N to the next change, J and K to the next and previous draft, P to the button that
// passes (which is pressed by hand), R to the return; never inside a field.
(function () {
  "use strict";
  var changes = Array.prototype.slice.call(document.querySelectorAll(".difference .changed, .review-particulars .changed"));
  changes.forEach(function (change) { change.tabIndex = -1; });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) { return; }
    if (event.key === "n" && changes.length) {
      var next = changes[(changes.indexOf(document.activeElement) + 1) % changes.length];
      next.focus(); next.scrollIntoView({ block: "center" });
    }
    var way = { j: "next", k: "prev" }[event.key];
    var link = way && document.querySelector(".review-bar a[rel='" + way + "']");
    if (link) { link.click(); }
    var act = { p: "button.primary", r: "a[data-return]" }[event.key];
    var target = act && document.querySelector(".review-bar " + act);
    if (target) { target.focus(); }
  });
}());
