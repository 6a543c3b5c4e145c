// Which paths are protected, and how: what runs, grants or decides something when it is merely committed.

/** Written by people only, whatever the policy says. */
export const neverWritten: readonly string[] = [
  // GitHub, and with it this App's own policy and workflow
  '**/.github/**',
  // CI of other vendors
  '**/.gitlab-ci.{yml,yaml}',
  '**/.{gitlab,circleci,buildkite,woodpecker,semaphore,teamcity,tekton,gitea,forgejo,azure-pipelines,azuredevops}/**',
  '**/.{travis,drone,woodpecker,appveyor,cirrus,scrutinizer,codeship-services}.{yml,yaml}',
  '**/{appveyor,azure-pipelines,bitbucket-pipelines,buildspec,cloudbuild,codemagic,bitrise,wercker,shippable}.{yml,yaml}',
  '**/azure-pipelines*.{yml,yaml}',
  '**/cloudbuild.json',
  '**/{Jenkinsfile,Jenkinsfile.*}',
  '**/*.jenkinsfile',
  '.ci/**',
  // git's own
  '**/.git*',
  '**/.git*/**',
  // hooks
  '**/.{husky,githooks,hooks,lefthook}/**',
  '**/{.pre-commit-config.yaml,.pre-commit-hooks.yaml,lefthook.yml,.lefthook.yml,lefthook-local.yml,.overcommit.yml}',
  // who decides
  '**/CODEOWNERS',
];

/** Written only where the policy's `allow` lists it. */
export const writtenIfAllowed: readonly string[] = [
  // manifests: names, versions and scripts that run at install
  '**/{package.json,deno.json,deno.jsonc,jsr.json,bower.json,pyproject.toml,setup.py,setup.cfg,Pipfile,environment.yml}',
  '**/{requirements,constraints}*.{txt,in}',
  '**/requirements/**',
  '**/{Gemfile,Cargo.toml,go.mod,go.work,pom.xml,composer.json,mix.exs,Package.swift,Podfile,pubspec.yaml,build.sbt,project.clj,rebar.config}',
  '**/{*.gemspec,*.csproj,*.fsproj,*.vbproj,*.sln,*.props,*.targets,*.cabal,*.podspec,nuget.config,Directory.Build.*}',
  '**/{build,settings}.gradle{,.kts}',
  '**/{gradle.properties,gradlew,gradlew.bat,mvnw,mvnw.cmd}',
  '**/{gradle/wrapper,.mvn}/**',
  // lockfiles
  '**/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock,bun.lockb,deno.lock,poetry.lock,uv.lock,pdm.lock}',
  '**/{Pipfile.lock,Gemfile.lock,Cargo.lock,go.sum,go.work.sum,composer.lock,mix.lock,Package.resolved,Podfile.lock,pubspec.lock,packages.lock.json,gradle.lockfile,flake.lock}',
  // what runs at build or test time
  '**/{Makefile,GNUmakefile,*.mk,CMakeLists.txt,*.cmake,meson.build,BUILD,BUILD.bazel,WORKSPACE,MODULE.bazel,*.bzl,Justfile,Taskfile.{yml,yaml}}',
  '**/{Rakefile,*.rake,Gruntfile.*,gulpfile.*,Guardfile,Brewfile,build.rs,build.zig,noxfile.py,tasks.py,fabfile.py,dodo.py}',
  '**/{conftest.py,sitecustomize.py,usercustomize.py,*.pth,pytest.ini,.pytest.ini,tox.ini,.coveragerc,mypy.ini,.mypy.ini,.flake8,.pylintrc,ruff.toml,.ruff.toml}',
  '**/{jest,vitest,vite,webpack,rollup,babel,karma,cypress,playwright,eslint,prettier,postcss,tailwind,next,nuxt,svelte,astro,metro,wdio,ava,esbuild,tsup,rspack,turbo,nx,commitlint,stryker}*.config.{js,cjs,mjs,ts,cts,mts,json}',
  '**/{jest,vitest}.{setup,workspace,preset}.{js,cjs,mjs,ts,cts,mts,json}',
  '**/{tsconfig,jsconfig}*.json',
  '**/{turbo,nx,lerna,rush,biome,angular,project}.json',
  '**/{biome.jsonc,pnpm-workspace.yaml,bunfig.toml,phpunit.xml,phpunit.xml.dist,phpstan.neon,.rspec,.rubocop.yml,.golangci.yml,.golangci.yaml,rust-toolchain,rust-toolchain.toml,clippy.toml,.clang-tidy}',
  // dot files and folders: tools and editors read them and act on them
  '.*',
  '.*/**',
  '**/.{npmrc,yarnrc,yarnrc.yml,pnpmfile.cjs,env,envrc,nvmrc,tool-versions,python-version,ruby-version,node-version,mocharc.*,babelrc,babelrc.*,swcrc,eslintrc,eslintrc.*,nycrc,nycrc.*,c8rc.json,dockerignore}',
  '**/.env.*',
  '**/.{cargo,vscode,idea,devcontainer,bundle,config,yarn,claude,cursor,gemini}/**',
  '**/{AGENTS,CLAUDE,GEMINI}.md',
  '**/.mcp.json',
  // containers and infrastructure
  '**/{Dockerfile,Dockerfile.*,*.dockerfile,Containerfile,Procfile,Vagrantfile,docker-bake.hcl,skaffold.yaml,fly.toml,render.yaml,vercel.json,netlify.toml,app.yaml,wrangler.toml}',
  '**/{docker-,}compose*.{yml,yaml}',
  '**/*.{tf,tfvars,tf.json,hcl,bicep}',
  '**/{terraform,k8s,kubernetes,helm,charts,ansible,pulumi,cloudformation,cdk,kustomize}/**',
  '**/{serverless,template,samconfig,Pulumi*,Chart,kustomization,values}.{yml,yaml,toml}',
  // migrations
  '**/{migrations,migrate,alembic}/**',
  '**/db/{schema.rb,structure.sql}',
  // generated
  '**/{__generated__,generated,__snapshots__}/**',
  '{dist,build,out,target}/**',
  '**/{dist,node_modules,.venv,venv,site-packages}/**',
  '**/*.{snap,min.js,min.css,map,pb.go,pb.cc,pb.h}',
  '**/*_pb2{,_grpc}.py{,i}',
  '**/*.{generated,gen,g}.*',
  // vendored
  '**/{vendor,vendors,third_party,third-party,thirdparty,external}/**',
  // terms
  '**/{LICENSE,LICENCE,COPYING,NOTICE}{,.md,.txt}',
];
