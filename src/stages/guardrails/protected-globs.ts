// Which paths are protected, and how: what runs, grants or decides something when it is merely committed.

/** Written by people only, whatever the policy says. */
export const neverWritten: readonly string[] = [
  // GitHub, and with it this App's own policy and workflow
  '**/.github/**',
  // CI of other vendors
  '**/.gitlab-ci.{yml,yaml}',
  '**/git~*{,/**}',
  '**/.{gitlab,circleci,buildkite,woodpecker,semaphore,teamcity,tekton,gitea,forgejo,azure-pipelines,azuredevops}/**',
  '**/.{travis,drone,woodpecker,appveyor,cirrus,scrutinizer,codeship-services}.{yml,yaml}',
  '**/{appveyor,azure-pipelines,bitbucket-pipelines,buildspec,cloudbuild,codemagic,bitrise,wercker,shippable}.{yml,yaml}',
  '**/azure-pipelines*.{yml,yaml}',
  '**/cloudbuild.json',
  '**/{.buildkite,.screwdriver,screwdriver,.magnum,.semaphore,.vela,vela,.harness,.dagger,.concourse}.{yml,yaml,json}',
  '**/{Jenkinsfile,Jenkinsfile.*,Earthfile}',
  '**/{.harness,.dagger,.concourse,.drone,.travis,.ci-scripts}/**',
  '**/*.jenkinsfile',
  '.ci/**',
  // git's own
  '**/.git*',
  '**/.git*/**',
  // hooks
  '**/.{husky,githooks,hooks,lefthook}/**',
  '**/{.pre-commit-config.yaml,.pre-commit-hooks.yaml,lefthook.yml,.lefthook.yml,lefthook-local.yml,.overcommit.yml}',
  '**/{pre-commit,commit-msg,pre-push,post-checkout,post-merge,prepare-commit-msg,pre-receive,post-receive}{,.sh,.hook}',
  // who decides
  '**/{CODEOWNERS,OWNERS,OWNERS_ALIASES,MAINTAINERS}',
  '**/self-heal.{yml,yaml}',
  '**/{.mergify,mergify,.renovaterc,renovate,dependabot}.{yml,yaml,json,json5}',
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
  '**/{Rakefile,*.rake,Gruntfile.*,gulpfile.*,Guardfile,Brewfile,build.rs,build.zig,noxfile.py,fabfile.py,dodo.py,hatch_build.py,ez_setup.py}',
  // at the root it is invoke's, below it is an application's own
  'tasks.py',
  '**/{build.xml,build.sc,BUCK,TARGETS,SConstruct,SConscript,wscript,configure.ac,configure.in,Makefile.am,Makefile.in,premake5.lua,xmake.lua,magefile.go,Cakefile,Jakefile*,Snakefile,Earthfile}',
  '**/{spec_helper,rails_helper,test_helper}.rb',
  '**/{jest,vitest,mocha,karma,test,tests}{-,.}{setup,global-setup,setup-env,environment}.{js,cjs,mjs,ts,cts,mts}',
  '**/{setupTests,globalSetup,globalTeardown,setup-jest,setup-vitest}.{js,cjs,mjs,ts,cts,mts}',
  '**/{conftest.py,sitecustomize.py,usercustomize.py,*.pth,pytest.ini,.pytest.ini,tox.ini,.coveragerc,mypy.ini,.mypy.ini,.flake8,.pylintrc,ruff.toml,.ruff.toml}',
  '**/{jest,vitest,vite,webpack,rollup,babel,karma,cypress,playwright,eslint,prettier,postcss,tailwind,next,nuxt,svelte,astro,metro,wdio,ava,esbuild,tsup,rspack,turbo,nx,commitlint,stryker,wallaby,testcafe,nightwatch,protractor,lint-staged,release,semantic-release,snowpack,parcel,windi,uno,vue,remix,gatsby,storybook,craco,docusaurus,eleventy,knip,tsdown,unbuild,rolldown,swc}*.config.{js,cjs,mjs,ts,cts,mts,json}',
  '**/{jest,vitest}.{setup,workspace,preset}.{js,cjs,mjs,ts,cts,mts,json}',
  '**/{tsconfig,jsconfig}*.json',
  '**/{turbo,nx,lerna,rush,biome,angular,project}.json',
  '**/{biome.jsonc,pnpm-workspace.yaml,bunfig.toml,phpunit.xml,phpunit.xml.dist,phpstan.neon,.rspec,.rubocop.yml,.golangci.yml,.golangci.yaml,rust-toolchain,rust-toolchain.toml,clippy.toml,.clang-tidy}',
  // dot files and folders: tools and editors read them and act on them
  '.*',
  '.*/**',
  '**/.{npmrc,yarnrc,yarnrc.yml,pnpmfile.cjs,pnpmrc,bunfig.toml,pypirc,netrc,condarc,gemrc,irbrc,pryrc,pythonrc,bashrc,bash_profile,profile,zshrc,inputrc,curlrc,wgetrc,htaccess,user.ini,env,envrc,nvmrc,tool-versions,python-version,ruby-version,node-version,mocharc.*,babelrc,babelrc.*,swcrc,eslintrc,eslintrc.*,nycrc,nycrc.*,c8rc.json,dockerignore}',
  '**/.env.*',
  '**/.{cargo,vs,fleet,zed,run,storybook,bundle,idea,devcontainer,bundle,config,yarn,claude,cursor,gemini}/**',
  '**/{AGENTS,CLAUDE,GEMINI}.md',
  '**/.mcp.json',
  // containers and infrastructure
  '**/{Dockerfile,Dockerfile.*,*.dockerfile,Containerfile,Procfile,Vagrantfile,docker-bake.hcl,skaffold.yaml,fly.toml,render.yaml,vercel.json,netlify.toml,app.yaml,wrangler.toml}',
  '**/{docker-,}compose*.{yml,yaml}',
  '**/*.{tf,tfvars,tf.json,hcl,bicep,tofu,nomad}',
  '**/{terraform,k8s,kubernetes,helm,charts,ansible,pulumi,cloudformation,cdk,kustomize}/**',
  '**/{serverless,cdk,Pulumi,terragrunt,helmfile,garden,tilt}.{json,ts,js,yml,yaml,toml,hcl}',
  '**/{Tiltfile,Chart.lock,ansible.cfg,inventory.ini,playbook*.yml,playbook*.yaml,site.yml,nginx.conf,supervisord.conf,crontab,*.service,*.timer,*.sudoers}',
  '**/{playbooks,roles,helmfile.d,k3s,argocd,flux-system,manifests}/**/*.{yml,yaml,j2}',
  // who may do what
  '**/iam/**/*.{json,yml,yaml,tf}',
  '**/*{iam,trust,bucket,role}{-,_,.}{policy,policies,role,roles,binding,bindings}*.{json,yml,yaml}',
  '**/*{rbac,rolebinding,role-binding,clusterrole,serviceaccount,networkpolicy}*.{yml,yaml}',
  '**/{firestore,storage,database}.rules{,.json}',
  '**/*.rego',
  '**/{serverless,template,samconfig,Pulumi*,Chart,kustomization,values}.{yml,yaml,toml}',
  // migrations
  '**/{migrations,migrate,alembic,flyway,liquibase,changelogs}/**',
  '**/{V,U,R}*__*.sql',
  '**/{alembic.ini,flyway.conf,liquibase.properties}',
  '**/db/{schema.rb,structure.sql}',
  // generated
  '**/{__generated__,generated,__snapshots__,__image_snapshots__,__mocks__}/**',
  '**/{*.ambr,*.approved.*,*.verified.*}',
  '{dist,build,out,target}/**',
  '**/{dist,node_modules,.venv,venv,site-packages}/**',
  '**/*.{snap,min.js,min.css,map,pb.go,pb.cc,pb.h}',
  '**/*_pb2{,_grpc}.py{,i}',
  '**/*.{generated,gen,g}.*',
  // vendored
  '**/{vendor,vendors,vendored,_vendor,third_party,third-party,thirdparty,external,bower_components,jspm_packages,Pods,Carthage,Godeps}/**',
  // terms
  '**/{LICENSE,LICENCE,COPYING,COPYRIGHT,NOTICE,PATENTS}{,.*,-*}',
  '**/{LICENSES,LICENCES}/**',
  '**/{SECURITY,CLA}.md',
];
