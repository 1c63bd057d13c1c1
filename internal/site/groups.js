
"use strict";
(() => {
  const find = document.querySelector(".find"), query = document.querySelector(".find input");
  const count = document.querySelector(".count");
  const links = [...document.querySelectorAll(".groups a")];
  const leadsTo = (a, code) => a.dataset.code === code || a.dataset.begins && code.startsWith(a.dataset.begins);

  // An address from when all entries stood on this page leads to where they are.
  const follow = () => {
    const code = named();
    const a = code && links.find((a) => leadsTo(a, fold(code)));
    if (a) location.replace(a.href + location.hash);
  };

  const narrow = () => {
    const code = fold(query.value);
    for (const a of links) {
      a.parentNode.hidden = !leadsTo(a, code) && !(a.dataset.code ?? a.dataset.begins).startsWith(code);
    }
    count.textContent = links.every((a) => a.parentNode.hidden) ? "No codes begin like this." : "";
  };
  query.addEventListener("input", narrow);
  query.addEventListener("keydown", (event) => {
    const a = links.find((a) => leadsTo(a, fold(query.value))) ?? links.find((a) => !a.parentNode.hidden);
    if (event.key === "Enter" && !event.isComposing && query.value.trim() && a) location = `${a.href}?q=${encodeURIComponent(query.value.trim())}`;
  });
  addEventListener("hashchange", follow);
  find.hidden = false;
  narrow(); // a browser may keep what was typed
  follow();
})();
