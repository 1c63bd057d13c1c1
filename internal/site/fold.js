
"use strict";
// Words are compared as errcode does: letters and digits alone, without case and
// accents. That something parts two digits counts, and so does a minus before a number.
const fold = (text) => {
  if (/^[a-z0-9]*$/i.test(text)) return text.toLowerCase(); // as most are
  let folded = "", digit = false, apart = false, minus = false;
  for (const c of text.normalize("NFKD")) {
    if (/\p{Nd}/u.test(c)) {
      folded += (minus ? "-" : digit && apart ? "." : "") + c;
      [digit, apart, minus] = [true, false, false];
    } else if (/\p{L}/u.test(c) || folded && /\p{M}/u.test(c) && !/[\u0300-\u036f]/.test(c)) {
      const upper = c.toUpperCase();
      folded += ([...upper].length === 1 ? upper : c).toLowerCase();
      digit = minus = false;
    } else if (!/[\u0300-\u036f]/.test(c)) {
      apart = true;
      minus = !folded && /[-\u2212]/.test(c);
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
