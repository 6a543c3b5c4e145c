import { describe, expect, it } from '@jest/globals';
import { kindOf } from '../../../src/onboarding/draft/statement-kind.ts';

const examples = {
  test: `npm test|npm t|npm run test:unit|npm --prefix web test|npx jest --ci|pnpm -r test|pnpm --filter web test|yarn test --coverage
    yarn workspace api test|yarn vitest run|bun test|npx playwright test|npm run ci|npm exec -- vitest|xvfb-run -a npm test|node --test
    pytest -q|python -m pytest tests|python3 -m unittest discover|poetry run pytest|uv run --group dev pytest|pipenv run pytest
    tox -e py312|nox -s tests|coverage run -m pytest|python manage.py test|python setup.py test|go test ./...|gotestsum --junitfile r.xml
    cargo test --all|cargo +nightly test|cargo nextest run|mvn -B verify|./mvnw test|mvn clean install|./gradlew check|gradle build
    bundle exec rspec|bundle exec rake test|rake|bin/rails test|make test|make -C lib check-all|just test|./test.sh|bash scripts/run-tests.sh
    dotnet test --no-build|composer test|vendor/bin/phpunit|php artisan test|mix test|deno test -A|ctest --test-dir build|sbt test
    CI=1 NODE_ENV=test npm test|time go test ./...|timeout 10m make test|npm test \\| tee log|if [ -f x ]; then npm test; fi|(cd a && cargo test)
    sudo -E env PATH=$PATH pytest|swift test|flutter test|bazel test //...`,
  check: `npm run lint|npm run build|yarn build|pnpm typecheck|npx tsc --noEmit|eslint .|prettier --check .|flake8 .|ruff check|mypy src|black --check .
    go vet ./...|go build ./...|cargo clippy -- -D warnings|cargo fmt --check|cargo build|mvn compile|./gradlew assemble|bundle exec rubocop
    make|make lint|cmake --build build|dotnet build|shellcheck x.sh|python -m build|npm start &|npx tsc -b && true|test -z "$(gofmt -l .)" && go vet ./...`,
  install: `npm ci|npm install|npm|yarn|yarn install --immutable|pnpm i --frozen-lockfile|pip install -r requirements.txt|python -m pip install -U pip
    poetry install|uv sync|uv pip install -e .|bundle install|bundle|go mod download|go install example.com/x@latest|cargo fetch|cargo install x
    sudo apt-get update|apt-get install -y x|corepack enable|npx playwright install --with-deps|mvn -B dependency:go-offline|dotnet restore
    composer install|mix deps.get|rustup component add clippy|python -m venv .venv|gem install bundler|command -v x \\|\\| npm install -g x`,
  send: `npm publish|yarn publish|npm run deploy|twine upload dist/*|python -m twine upload x|cargo publish|mvn -B deploy|./gradlew publish
    aws s3 sync a b|gh release create x|docker push x|git push origin main|bash <(curl -s https://codecov.io/bash)|npx semantic-release
    make release|./scripts/deploy.sh|curl -X POST https://example.com|kubectl apply -f x|codecov|npm run smoke`,
  docker: 'docker compose up -d|docker build .|docker run x pytest',
  git: 'git diff --exit-code|git fetch --unshallow|pre-commit run --all-files',
  fetch: 'curl -sSfO https://example.com/x|wget https://example.com/x',
  state: 'cd web|export A=b|source .venv/bin/activate|. ./env|set -euxo pipefail|VERSION=1',
  other:
    'echo hello|mkdir -p out|cp .env.example .env|bin/rails db:migrate|npm run generate|npm run setup|./scripts/setup.sh',
};

describe.each(Object.entries(examples))('%s', (kind, list) => {
  it.each(list.split(/(?<!\\)\||\n\s*/).map((one) => one.replaceAll('\\|', '|')))('%s', (statement) =>
    expect(kindOf(statement).kind).toBe(kind),
  );
});

it.each([
  ['poetry run pytest', 'poetry'],
  ['uv run --with x pytest', 'uv'],
  ['bundle exec rake test', 'bundler'],
  ['./mvnw -B test', 'maven'],
  ['cd x', undefined],
  ['python -m tox', 'tox'],
  ['pnpm exec vitest', 'pnpm'],
])('%s is run by %s', (statement, tool) => expect(kindOf(statement).tool).toBe(tool));
