
"use strict";
(() => {
  const $ = (selector, from = document) => from.querySelector(selector);
  let main = $("main");
  const find = $(".find"), query = $(".find input"), count = $(".count[role]");
  const all = [...main.children];
  const none = Object.assign(document.createElement("p"), {className: "none", textContent: "No errors found matching your search."});
  const way = Object.assign(document.createElement("button"), {type: "button", textContent: "Clear search"}); // out of there
  const functionWords = new Set(query.dataset.functionWords.split(" "));

  const words = (text) => text.matchAll(/[\p{L}\p{Nd}][\p{L}\p{Nd}\p{M}]*/gu);

  // How much a word counts: by the class of the field it stands in, and by how it matches.
  const weights = JSON.parse(query.dataset.weights), classOf = JSON.parse(query.dataset.classes);
  const together = Array.from({length: 1 << weights.length}, (_, bits) =>
    weights.reduce((sum, weight, of) => sum + (bits >> of & 1) * weight, 0));
  const isName = (field) => classOf[field] === classOf.code;
  const part = 3, beginning = 6, whole = 10, saturation = 40;
  const kinds = [whole, beginning, part];
  const kindOf = (word, length, of) =>
    of === word ? whole : length >= 2 && of.startsWith(word) ? beginning : length >= 3 && of.includes(word) ? part : 0;

  // The words of the page, each with the entries it stands in and, as bits, the
  // classes. They are read when there is time, and at the latest when somebody asks.
  const terms = new Map();
  const names = []; // of each entry: its code and aliases, folded
  const idle = window.requestIdleCallback ?? ((f) => setTimeout(() => f({timeRemaining: () => 10}), 20));
  const read = (goOn) => {
    while (names.length < all.length && goOn()) {
      const entry = names.length, article = all[entry];
      names.push([]);
      const add = (word, field) => {
        let entries = terms.get(word);
        if (!entries) terms.set(word, entries = new Map());
        entries.set(entry, entries.get(entry) | 1 << classOf[field]);
      };
      const take = (text, field) => {
        for (const [word] of words(text)) add(fold(word), field);
        if (isName(field)) {
          names[entry].push(fold(text));
          add(fold(text), field);
        }
      };
      for (const e of article.querySelectorAll("[data-field]")) take(e.textContent, e.dataset.field);
      for (const keyword of (article.dataset.keywords ?? "").split("\n")) take(keyword, "keywords");
    }
  };
  const readLater = () => idle((deadline) => {
    read(() => deadline.timeRemaining() > 2);
    if (names.length < all.length) readLater();
  });

  // search returns the entries that have every word, best first.
  const search = (text, asked) => {
    const scores = new Float64Array(all.length);
    let left = [...all.keys()];
    for (const word of asked) {
      const length = [...word].length;
      const found = new Map(kinds.map((kind) => [kind, new Uint8Array(all.length)])); // the classes of each entry
      for (const [term, entries] of terms) {
        const of = found.get(kindOf(word, length, term));
        if (of) for (const [entry, bits] of entries) of[entry] |= bits;
      }
      left = left.filter((entry) => {
        let sum = 0, counted = 0;
        for (const [kind, of] of found) {
          sum += kind * together[of[entry] & ~counted];
          counted |= of[entry];
        }
        scores[entry] += sum / (sum + saturation);
        return counted;
      });
    }
    const exact = fold(text);
    for (const entry of left) if (names[entry].includes(exact)) scores[entry] = Infinity;
    return left.sort((a, b) => scores[b] - scores[a] || a - b).map((entry) => all[entry]);
  };

  const wordsOf = (text) => {
    const every = [...new Set([...words(text)].map(([word]) => fold(word)))].filter(Boolean);
    const telling = every.filter((word) => !functionWords.has(word));
    return telling.length ? telling : every;
  };

  // mark marks the words of an entry that match, and names the keywords behind
  // those that none of its texts has.
  const mark = (article, asked) => {
    $(".keywords", article)?.remove();
    for (const e of article.querySelectorAll("mark")) {
      const parent = e.parentNode;
      e.replaceWith(...e.childNodes);
      parent.normalize();
    }
    if (!asked.length) return;
    const matching = (term, among) => among.filter((word) => kindOf(word, [...word].length, term));
    const unseen = new Set(asked);
    for (const e of article.querySelectorAll("[data-field]")) {
      const text = e.textContent, code = isName(e.dataset.field) && fold(text);
      let end = 0;
      const pieces = [];
      const add = (from, to) => {
        const marked = document.createElement("mark");
        marked.textContent = text.slice(from, to);
        pieces.push(text.slice(end, from), marked);
        end = to;
      };
      const matches = (term) => {
        const matched = matching(term, asked);
        matched.forEach((word) => unseen.delete(word));
        return matched.length;
      };
      for (const m of words(text)) if (matches(fold(m[0]))) add(m.index, m.index + m[0].length);
      if (!end && code && matches(code)) add(0, text.length);
      if (end) e.replaceChildren(...pieces, text.slice(end));
    }
    const keywords = (article.dataset.keywords ?? "").split("\n")
      .filter((keyword) => [...words(keyword)].some(([word]) => matching(fold(word), [...unseen]).length));
    if (!keywords.length) return;
    const fact = Object.assign(document.createElement("span"), {className: "fact keywords"});
    fact.textContent = `${keywords.length === 1 ? "Keyword" : "Keywords"}: ${keywords.join(", ")}`;
    $(".facts", article).insertBefore(fact, $(".copy", article));
  };

  // show puts entries on the page, the first at once and the others when there is time.
  let pending = 0, rest = [], marked = [];
  const some = 60, many = 400;
  const add = (n) => {
    const more = rest.splice(0, n);
    more.forEach((article) => mark(article, marked));
    main.append(...more);
  };
  const show = (entries, asked) => {
    const turn = ++pending;
    rest = [...entries];
    marked = asked;
    const next = main.cloneNode(false); // to empty the old one would take longer
    main.replaceWith(next);
    main = next;
    add(some);
    if (!entries.length) main.append(none, way);
    const later = () => {
      if (turn !== pending || !rest.length) return;
      add(many);
      idle(later);
    };
    idle(later);
  };

  // The state is the text asked for and the class of statuses.
  let status = "", shown = JSON.stringify(["", ""]);
  const press = () => {
    for (const button of find.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === status));
  };
  const n = (of) => of === 1 ? "1 error" : `${of} errors`;
  const update = () => {
    const state = JSON.stringify([query.value.trim(), status]);
    if (state === shown) return;
    shown = state;
    const asked = wordsOf(query.value);
    if (asked.length) read(() => true);
    let entries = asked.length ? search(query.value, asked) : query.value.trim() ? [] : all;
    if (status) entries = entries.filter((article) => article.dataset.status?.[0] === status[0]);
    show(entries, asked);
    count.textContent = entries.length < all.length ? `${entries.length} of ${n(all.length)}` : n(all.length);
    press();
  };

  // What is scrolled to stands below the search, where that stays in view.
  const bar = () => {
    const height = getComputedStyle(find).position === "sticky" ? find.offsetHeight : 0;
    document.documentElement.style.scrollPaddingTop = `${height}px`;
    return height;
  };

  // Who asks sees the answer from its beginning.
  const answer = () => {
    update();
    if (main.getBoundingClientRect().top < bar()) main.scrollIntoView();
  };

  // The address keeps the state. Words typed one after the other are one step of the history.
  let typing = false;
  const keep = (step, hash = "") => {
    const address = new URL(location.href);
    const set = (name, value) => value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    set("q", query.value.trim());
    set("status", status);
    address.hash = hash;
    try {
      history[step ? "pushState" : "replaceState"](null, "", address);
    } catch {} // some browsers keep nothing for files
  };
  const restore = () => {
    const kept = new URL(location.href).searchParams;
    query.value = kept.get("q") ?? "";
    const of = kept.get("status");
    status = [...find.querySelectorAll("button")].some((button) => button.value === of) ? of : "";
    typing = false;
    update();
    open();
  };

  // open shows and focuses the entry that the address names.
  const open = () => {
    const code = named();
    const article = code && all.find((e) => e.id === code);
    if (!article) return;
    if (!article.isConnected && !rest.includes(article)) {
      query.value = status = "";
      keep(false, location.hash);
      update();
    }
    while (!article.isConnected) add(many);
    bar();
    article.scrollIntoView();
    article.focus({preventScroll: true});
  };

  const clear = () => {
    query.value = status = "";
    typing = false;
    keep(true);
    answer();
    query.focus();
  };

  query.addEventListener("input", () => {
    keep(!typing);
    typing = true;
    answer();
  });
  query.addEventListener("change", () => typing = false);
  addEventListener("popstate", restore);
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => add(rest.length));
  addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Escape is the input method's
    const inText = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !inText && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      query.focus();
      query.select();
    } else if (event.key === "Escape" && (query.value || status)) {
      clear();
    }
  });
  way.addEventListener("click", clear);

  // Filters for the classes of statuses that there are.
  const classes = new Set(all.map((article) => article.dataset.status?.[0]).filter(Boolean));
  const button = (text, value) => {
    const b = Object.assign(document.createElement("button"), {type: "button", textContent: text, value});
    b.addEventListener("click", () => {
      status = status === value ? "" : value;
      typing = false;
      keep(true);
      answer();
    });
    return b;
  };
  if (classes.size > 1) $(".classes", find).append(button("All", ""), ...[...classes].sort().map((c) => button(`${c}xx`, `${c}xx`)));
  press();

  find.hidden = false;
  bar();
  count.textContent = n(all.length);
  restore();
  readLater();
})();
