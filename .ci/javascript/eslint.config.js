// What tsc does not see: unused and shadowed names, loose comparisons, and every way in which data could become markup.

import js from "@eslint/js";

const MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write", "writeln", "eval"];

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    rules: {
      "no-undef": "off", // tsc knows the browser's names
      "eqeqeq": "error",
      "no-shadow": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-console": "error",
      "max-lines": ["error", 300],
      "max-len": ["error", { code: 120 }],
      "max-lines-per-function": ["error", 40],
      "no-restricted-properties": ["error", ...MARKUP.map((property) => ({ property, message: "names stay text" }))],
    },
  },
];
