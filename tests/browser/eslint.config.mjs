// What is checked of the explorer's own scripts, joined as the page joins them.
const browser = "AbortController Blob FormData HTMLElement Image KeyboardEvent MutationObserver PointerEvent Promise ResizeObserver URL URLSearchParams XMLSerializer addEventListener clearTimeout console document fetch getComputedStyle history innerHeight innerWidth location matchMedia performance requestAnimationFrame sessionStorage setTimeout window WebGL2RenderingContext WebGLRenderingContext";

export default [{
  languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: Object.fromEntries([...browser.split(" "), "Vendor", "QueryVendor"].map((name) => [name, "readonly"])) },
  rules: {
    "no-undef": "error", "no-unused-vars": "error", "no-redeclare": "error", "no-dupe-keys": "error", "no-dupe-args": "error", "no-unreachable": "error",
    "no-const-assign": "error", "no-this-before-super": "error", "no-self-compare": "error", "array-callback-return": "error", "eqeqeq": "error", "prefer-const": "error",
  },
}];
