
"use strict";
// Words are compared as errcode does: letters and digits alone, without case and accents.
const fold = (text) => {
  if (/^[a-z0-9]*$/i.test(text)) return text.toLowerCase(); // as most are
  let folded = "";
  for (const c of text.normalize("NFKD")) {
    if (/[\p{L}\p{Nd}]/u.test(c) || folded && /\p{M}/u.test(c) && !/[\u0300-\u036f]/.test(c)) {
      const upper = c.toUpperCase();
      folded += ([...upper].length === 1 ? upper : c).toLowerCase();
    }
  }
  return folded.normalize("NFC");
};

// The code that the address names.
const named = () => {
  const code = location.hash.slice(1);
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
};
