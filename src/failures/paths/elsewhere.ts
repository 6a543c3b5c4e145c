// A printed path → whether it lies in a runtime, a tool chain or a package store, whatever the end of it looks like.

/** Nothing of a repository is ever printed like this. */
const never = new RegExp(
  [
    // What runtimes call their own modules, and code that has no file.
    String.raw`^(?:node:|bun:|ext:|deno:|jsr:|npm:|data:|blob:|wasm:|chrome-extension:|moz-extension:|\0|<|\[eval|evalmachine\.|native$|anonymous$)`,
    String.raw`^internal\/[^.]{1,200}\.js\b`,
    String.raw`(?:^|\/)webpack\/(?:bootstrap|runtime|universalModuleDefinition)|\/@(?:vite|id|react-refresh)(?:\/|$)`,
    // Pages of the web, but for what a development server serves.
    String.raw`^https?:\/\/(?!(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal)[:/])`,
    // Stores.
    String.raw`(?:^|\/)node_modules\/|^\/?nix\/store\/|^external\/|\/execroot\/[^/]+\/(?:bazel-out\/[^/]+\/bin\/)?external\/|\.runfiles\/(?:[^/]+\/)?external\/`,
    String.raw`\/pkg\/mod\/|BOOT-INF\/lib\/|WEB-INF\/lib\/|\/rustc\/[\da-f]{6,40}\/|\/cargo\/(?:registry|git)\/|\/index\.crates\.io-[\da-f]`,
    String.raw`\/gems\/[\w.-]{1,100}-\d|\/bundler\/gems\/|\/lib\/ruby\/(?:\d|gems\/\d|vendor_ruby|site_ruby)|\/usr\/(?:local\/)?lib\/go[\w.-]{0,20}\/`,
    String.raw`\/usr\/(?:local|share)\/go[\w.-]{0,20}\/|\/sdk\/go[\d.]{1,20}\/src\/|\/usr\/include\/`,
  ].join('|'),
);
/** Tool chains, which also hold what was installed for the repository. */
const toolChain =
  /\/lib(?:64)?\/(?:python|pypy)\d[\d.]*\/|\/Python\d[\d.]{0,10}\/Lib\/|\/(?:hostedtoolcache|\.cargo|\.rustup|\.gradle|\.m2|\.rbenv|\.rvm|\.pyenv\/versions)\//i;
const packages = /\/(?:site|dist)-packages\//;

/** With slashes as separators. */
export const isElsewhere = (path: string): boolean =>
  never.test(path) || (toolChain.test(path) && !packages.test(path));
