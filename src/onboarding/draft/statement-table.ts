// The beginning of a command → its kind and its tool: the usual test, build and install commands of the usual languages.
import type { Tool } from './draft-plan.ts';
import type { StatementKind } from './statement-kind.ts';

export type Row = readonly [RegExp, StatementKind, Tool?];

/** The first that fits. Patterns look at one line of at most 2,000 characters and begin at its start. */
export const rowsOf = (head: string): Row | undefined => rows.find(([pattern]) => pattern.test(head));

const rows: readonly Row[] = [
  [
    /^(?:cd|pushd|popd|export|source|\.|set|shopt|unset|umask|alias|ulimit|declare|readonly|local|trap)(?: |$)/,
    'state',
  ],
  [/^\w+=\S*$/, 'state'],

  [/^(?:twine|vsce|ovsx|semantic-release|goreleaser|changeset publish|lerna publish|gh|hub|glab)(?: |$)/, 'send'],
  [
    /^(?:aws|gcloud|gsutil|az|kubectl|helm|terraform|tofu|pulumi|ansible(?:-playbook)?|heroku|flyctl|fly)(?: |$)/,
    'send',
  ],
  [/^(?:vercel|netlify|firebase|wrangler|surge|scp|rsync|ssh|sftp|ftp|lftp|serverless|sls|cdk)(?: |$)/, 'send'],
  [/^(?:codecov(?:cli)?|coveralls|cc-test-reporter|sonar-scanner|sentry-cli|codacy\S*|goveralls|octo)(?: |$)/, 'send'],
  [/^(?:cargo|poetry|uv|pdm|hatch|dart pub|flutter pub) (?:publish|login)\b/, 'send'],
  [/^(?:gem push|dotnet nuget push|docker (?:push|login)|git (?:push|tag|commit)|mike|mkdocs gh-deploy)\b/, 'send'],
  [/^mvnw?\b.* (?:deploy|release:\S+|site-deploy)\b/, 'send', 'maven'],
  [/^gradlew?\b.* \S*publish/i, 'send', 'gradle'],

  [/^(?:docker|docker-compose|podman|podman-compose|minikube|kind|act)(?: |$)/, 'docker'],
  [/^(?:git|pre-commit|commitlint|gitlint|lint-staged)(?: |$)/, 'git'],
  [/^(?:curl|wget|http|nc)(?: |$)/, 'fetch'],

  [/^(?:apt|apt-get|apk|yum|dnf|brew|snap|add-apt-repository|dpkg|pacman)(?: |$)/, 'install'],
  [
    /^(?:conda|mamba|micromamba|pipx|corepack|nvm|fnm|volta|asdf|mise|rustup|sdk|pecl|cpanm?|luarocks|opam)(?: |$)/,
    'install',
  ],
  [/^(?:playwright install|cypress install|puppeteer browsers install|nltk|spacy)\b/, 'install'],
  [/^(?:pip[\d.]*|pip-sync|venv|virtualenv|ensurepip)(?: |$)/, 'install', 'pip'],
  [
    /^(?:poetry|pdm|rye) (?:install|config|lock|self|env|sync|update|check|add|--version|use|export)\b/,
    'install',
    'poetry',
  ],
  [/^uv (?:sync|pip|venv|tool|python|lock|add|export|self|--version)\b/, 'install', 'uv'],
  [/^pipenv (?:install|sync|lock|--)/, 'install', 'pipenv'],
  [/^bundle(?: (?:install|config|update|check|lock|package|-.*))?$/, 'install', 'bundler'],
  [/^bundle (?:install|config|update|check|lock|package)\b/, 'install', 'bundler'],
  [/^gem (?:install|update)\b/, 'install', 'bundler'],
  [/^go (?:mod|get|install|env|work|version|tool)\b/, 'install', 'go'],
  [/^cargo (?:\+\S+ )?(?:fetch|install|binstall|update|add|vendor|generate-lockfile)\b/, 'install', 'cargo'],
  [/^mvnw?(?: -\S+)* (?:dependency:|wrapper:|help:)/, 'install', 'maven'],
  [/^(?:mvnw?|gradlew?)(?: (?:-v|--version|wrapper))+$/, 'install'],
  [/^gradlew? (?:\S+ )*(?:dependencies|wrapper)$/, 'install', 'gradle'],
  [/^dotnet (?:restore|tool|workload|nuget|new|dev-certs|--)/, 'install', 'dotnet'],
  [/^composer (?:install|update|require|config|global|validate|self-update)\b/, 'install', 'composer'],
  [/^mix (?:deps\.|local\.|archive\.)/, 'install', 'mix'],
  [/^deno (?:install|cache)\b/, 'install', 'deno'],

  [/^(?:pytest|py\.test|nosetests|nose2|unittest|trial|stestr|coverage run|behave|robot|green)(?: |$)/, 'test', 'pip'],
  [/^python[\d.]*(?: -\w+)* (?:\S*manage\.py test|setup\.py test|\S*\btests?(?:\.py|\/\S*))/, 'test', 'pip'],
  [/^(?:tox)(?: |$)/, 'test', 'tox'],
  [/^(?:nox)(?: |$)/, 'test', 'nox'],
  [
    /^(?:jest|vitest|mocha|ava|tap|tape|qunit|jasmine|karma|cypress run|playwright test|wtr|uvu|nyc|c8|tstyche)(?: |$)/,
    'test',
  ],
  [/^(?:turbo|nx|lerna|wireit|ng|react-scripts|rushx?|moon) .*\btest/, 'test'],
  [/^node (?:\S+ )*(?:--test\b|\S*test\S*)/, 'test'],
  [/^(?:rspec|minitest|cucumber|rails test|rails spec|parallel_rspec)(?: |:|$)/, 'test', 'bundler'],
  [/^ruby (?:\S+ )*\S*(?:test|spec)\S*/, 'test', 'bundler'],
  [/^(?:go test|gotestsum|ginkgo)(?: |$)/, 'test', 'go'],
  [/^cargo (?:\+\S+ )?(?:test|t|nextest|tarpaulin|llvm-cov|hack test)(?: |$)/, 'test', 'cargo'],
  [/^mvnw?\b.* (?:test|verify|package|install|integration-test|surefire:test)\b/, 'test', 'maven'],
  [/^gradlew?\b.* \S*(?:test|check|build)/i, 'test', 'gradle'],
  [
    /^(?:sbt|lein|mill|ant|bazel|bazelisk|buck2?|meson|ninja|stack|cabal|zig build|swift|dart|flutter|rebar3|nimble)\b.*\btest/,
    'test',
  ],
  [/^dotnet (?:test|vstest)\b/, 'test', 'dotnet'],
  [
    /^(?:composer (?:run |run-script )?\S*test|phpunit|pest|paratest|codecept|php artisan test|php \S*phpunit)/,
    'test',
    'composer',
  ],
  [/^mix test\b/, 'test', 'mix'],
  [/^deno (?:test|task test)/, 'test', 'deno'],
  [
    /^(?:ctest|bats|prove|busted|R CMD check|Rscript .*test|julia .*\btest|hatch (?:test|run \S*test)|pdm run \S*test)/,
    'test',
  ],

  [
    /^(?:eslint|tsc|vue-tsc|prettier|biome|standard|xo|stylelint|oxlint|tslint|svelte-check|knip|size-limit|publint|attw)(?: |$)/,
    'check',
  ],
  [/^(?:webpack|vite|next|rollup|tsup|esbuild|parcel|ng|turbo|nx|lerna|rush)(?: |$)/, 'check'],
  [
    /^(?:flake8|ruff|black|isort|mypy|pyright|basedpyright|pylint|bandit|pydocstyle|build|compileall|coverage|sphinx-build|mkdocs build)(?: |$)/,
    'check',
    'pip',
  ],
  [/^python[\d.]* (?:setup\.py|\S*manage\.py (?:check|makemigrations --check))/, 'check', 'pip'],
  [/^(?:uv|poetry|hatch) build\b/, 'check'],
  [/^(?:rubocop|standardrb|brakeman|reek|srb)(?: |$)/, 'check', 'bundler'],
  [/^(?:go (?:vet|build|run|fmt)|gofmt|goimports|golangci-lint|staticcheck|revive|govulncheck)\b/, 'check', 'go'],
  [
    /^cargo (?:\+\S+ )?(?:build|b|check|c|clippy|fmt|doc|bench|run|hack|deny|audit|semver-checks|miri)(?: |$)/,
    'check',
    'cargo',
  ],
  [/^mvnw?(?: |$)/, 'check', 'maven'],
  [/^gradlew?(?: |$)/, 'check', 'gradle'],
  [/^dotnet (?:build|format|publish|pack|run)\b/, 'check', 'dotnet'],
  [
    /^(?:phpstan|psalm|php-cs-fixer|phpcs|pint|rector|php -l|composer (?:run|run-script|\S*(?:lint|check|stan|cs)))\b/,
    'check',
    'composer',
  ],
  [/^mix (?:compile|format|credo|dialyzer)\b/, 'check', 'mix'],
  [/^deno (?:lint|check|fmt)\b/, 'check', 'deno'],
  [
    /^(?:cmake|make|gmake|ninja|meson|bazel|sbt|lein|swift|zig|stack|cabal|gcc|g\+\+|clang\S*|javac|\.\/configure)(?: |$)/,
    'check',
  ],
  [
    /^(?:shellcheck|shfmt|hadolint|actionlint|yamllint|markdownlint\S*|cspell|codespell|typos|taplo|buf)(?: |$)/,
    'check',
  ],
];
