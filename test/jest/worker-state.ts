// What a test file can leave behind in its worker → a function that puts it back: globals, environment, working folder, signal handlers.

/** Set by packages while they load: as theirs as their modules, which stay, too. */
const globalsOfPackages = new Set<PropertyKey>();

/** Runs what loads a package for all test files to come. */
export function loadedForGood<T>(load: () => T): T {
  const before = new Set(Reflect.ownKeys(globalThis));
  const loaded = load();
  for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) globalsOfPackages.add(key);
  return loaded;
}

/** Node keeps its own state of `fetch` there, made at the first request. */
const isOfNode = (key: PropertyKey): boolean => typeof key === 'symbol' && /undici/.test(key.description ?? '');

function globals(): () => void {
  const before = new Map(Reflect.ownKeys(globalThis).map((key) => [key, descriptorOf(key)]));
  return () => {
    for (const key of Reflect.ownKeys(globalThis)) {
      const was = before.get(key);
      const is = descriptorOf(key);
      if (!is?.configurable || globalsOfPackages.has(key) || isOfNode(key)) continue;
      if (was === undefined) Reflect.deleteProperty(globalThis, key);
      else if (was.value !== is.value || was.get !== is.get) Object.defineProperty(globalThis, key, was);
    }
    for (const [key, was] of before)
      if (was && !Object.hasOwn(globalThis, key)) Object.defineProperty(globalThis, key, was);
  };
}

const descriptorOf = (key: PropertyKey): PropertyDescriptor | undefined =>
  Object.getOwnPropertyDescriptor(globalThis, key);

function environment(): () => void {
  const before = { ...process.env };
  const cwd = process.cwd();
  return () => {
    if (process.cwd() !== cwd) process.chdir(cwd);
    for (const name of Object.keys(process.env)) if (before[name] === undefined) delete process.env[name];
    for (const [name, value] of Object.entries(before)) if (process.env[name] !== value) process.env[name] = value;
  };
}

/** Jest wraps the one and replaces the other of what it takes for a copy of `process`. */
function processFunctions(): () => void {
  const { exit, exitCode, getBuiltinModule } = process;
  return () => {
    Object.assign(process, { exit, getBuiltinModule });
    process.exitCode = exitCode;
  };
}

function signalHandlers(): () => void {
  const handlers = (): [NodeJS.Signals, NodeJS.SignalsListener[]][] =>
    process
      .eventNames()
      .filter((name): name is NodeJS.Signals => typeof name === 'string' && name.startsWith('SIG'))
      .map((signal) => [signal, process.listeners(signal)]);
  const before = new Map(handlers());
  return () => {
    for (const [signal, listeners] of handlers()) {
      for (const listener of listeners) {
        if (!before.get(signal)?.includes(listener)) process.removeListener(signal, listener);
      }
    }
  };
}

export function workerState(): () => void {
  const back = [globals(), environment(), processFunctions(), signalHandlers()];
  return () => {
    for (const restore of back) restore();
  };
}
