
"use strict";
(() => {
  if (!navigator.clipboard) return; // as on a page that comes over plain http

  // button copies from an entry, and says for a while that it did.
  const button = (name, code, text) => {
    const b = Object.assign(document.createElement("button"), {type: "button"});
    let saying;
    const say = (what, label) => {
      b.textContent = what;
      b.setAttribute("aria-label", label);
    };
    say(name, `${name} ${code}`);
    b.addEventListener("click", async () => {
      let said = "Copied";
      try {
        await navigator.clipboard.writeText(text());
      } catch {
        said = "Not allowed";
      }
      say(said, said);
      clearTimeout(saying);
      saying = setTimeout(say, 1500, name, `${name} ${code}`);
    });
    return b;
  };

  // An entry that comes into view gets its buttons.
  const seen = new IntersectionObserver((changes) => {
    for (const {target: article, isIntersecting} of changes) {
      if (!isIntersecting) continue;
      seen.unobserve(article);
      const copy = Object.assign(document.createElement("span"), {className: "copy"});
      copy.append(
        button("Copy code", article.id, () => article.id),
        button("Copy link", article.id, () => article.querySelector(".code").href));
      article.querySelector(".facts").append(copy);
    }
  });
  document.querySelectorAll("article").forEach((article) => seen.observe(article));
})();
