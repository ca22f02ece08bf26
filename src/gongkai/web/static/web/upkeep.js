// A long batch goes on by itself, one press after another, until it is done or somebody stops it.
"use strict";
const goingOn = document.querySelector("form[data-goes-on]");
if (goingOn) setTimeout(() => goingOn.requestSubmit(), 800);
