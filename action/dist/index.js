import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// action/src/main.ts
import { mkdtemp as mkdtemp5 } from "node:fs/promises";
import { homedir as homedir2, tmpdir } from "node:os";
import { join as join15 } from "node:path";

// node_modules/@actions/core/lib/command.js
import * as os from "os";

// node_modules/@actions/core/lib/utils.js
function toCommandValue(input) {
  if (input === null || input === void 0) {
    return "";
  } else if (typeof input === "string" || input instanceof String) {
    return input;
  }
  return JSON.stringify(input);
}
function toCommandProperties(annotationProperties) {
  if (!Object.keys(annotationProperties).length) {
    return {};
  }
  return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
  };
}

// node_modules/@actions/core/lib/command.js
function issueCommand(command, properties, message) {
  const cmd = new Command(command, properties, message);
  process.stdout.write(cmd.toString() + os.EOL);
}
var CMD_STRING = "::";
var Command = class {
  constructor(command, properties, message) {
    if (!command) {
      command = "missing.command";
    }
    this.command = command;
    this.properties = properties;
    this.message = message;
  }
  toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
      cmdStr += " ";
      let first = true;
      for (const key in this.properties) {
        if (this.properties.hasOwnProperty(key)) {
          const val = this.properties[key];
          if (val) {
            if (first) {
              first = false;
            } else {
              cmdStr += ",";
            }
            cmdStr += `${key}=${escapeProperty(val)}`;
          }
        }
      }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
  }
};
function escapeData(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
  return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}

// node_modules/@actions/core/lib/file-command.js
import * as crypto from "crypto";
import * as fs from "fs";
import * as os2 from "os";
function issueFileCommand(command, message) {
  const filePath = process.env[`GITHUB_${command}`];
  if (!filePath) {
    throw new Error(`Unable to find environment variable for file command ${command}`);
  }
  if (!fs.existsSync(filePath)) {
    throw new Error(`Missing file at path: ${filePath}`);
  }
  fs.appendFileSync(filePath, `${toCommandValue(message)}${os2.EOL}`, {
    encoding: "utf8"
  });
}
function prepareKeyValueMessage(key, value) {
  const delimiter = `ghadelimiter_${crypto.randomUUID()}`;
  const convertedValue = toCommandValue(value);
  if (key.includes(delimiter)) {
    throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
  }
  if (convertedValue.includes(delimiter)) {
    throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
  }
  return `${key}<<${delimiter}${os2.EOL}${convertedValue}${os2.EOL}${delimiter}`;
}

// node_modules/@actions/core/lib/core.js
import * as os3 from "os";

// node_modules/@actions/core/lib/summary.js
import { EOL as EOL3 } from "os";
import { constants, promises } from "fs";
var __awaiter = function(thisArg, _arguments, P, generator) {
  function adopt(value) {
    return value instanceof P ? value : new P(function(resolve2) {
      resolve2(value);
    });
  }
  return new (P || (P = Promise))(function(resolve2, reject) {
    function fulfilled(value) {
      try {
        step(generator.next(value));
      } catch (e) {
        reject(e);
      }
    }
    function rejected(value) {
      try {
        step(generator["throw"](value));
      } catch (e) {
        reject(e);
      }
    }
    function step(result) {
      result.done ? resolve2(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
var { access, appendFile, writeFile } = promises;
var SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
  constructor() {
    this._buffer = "";
  }
  /**
   * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
   * Also checks r/w permissions.
   *
   * @returns step summary file path
   */
  filePath() {
    return __awaiter(this, void 0, void 0, function* () {
      if (this._filePath) {
        return this._filePath;
      }
      const pathFromEnv = process.env[SUMMARY_ENV_VAR];
      if (!pathFromEnv) {
        throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
      }
      try {
        yield access(pathFromEnv, constants.R_OK | constants.W_OK);
      } catch (_a3) {
        throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
      }
      this._filePath = pathFromEnv;
      return this._filePath;
    });
  }
  /**
   * Wraps content in an HTML tag, adding any HTML attributes
   *
   * @param {string} tag HTML tag to wrap
   * @param {string | null} content content within the tag
   * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
   *
   * @returns {string} content wrapped in HTML element
   */
  wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) {
      return `<${tag}${htmlAttrs}>`;
    }
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
  }
  /**
   * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
   *
   * @param {SummaryWriteOptions} [options] (optional) options for write operation
   *
   * @returns {Promise<Summary>} summary instance
   */
  write(options) {
    return __awaiter(this, void 0, void 0, function* () {
      const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
      const filePath = yield this.filePath();
      const writeFunc = overwrite ? writeFile : appendFile;
      yield writeFunc(filePath, this._buffer, { encoding: "utf8" });
      return this.emptyBuffer();
    });
  }
  /**
   * Clears the summary buffer and wipes the summary file
   *
   * @returns {Summary} summary instance
   */
  clear() {
    return __awaiter(this, void 0, void 0, function* () {
      return this.emptyBuffer().write({ overwrite: true });
    });
  }
  /**
   * Returns the current summary buffer as a string
   *
   * @returns {string} string of summary buffer
   */
  stringify() {
    return this._buffer;
  }
  /**
   * If the summary buffer is empty
   *
   * @returns {boolen} true if the buffer is empty
   */
  isEmptyBuffer() {
    return this._buffer.length === 0;
  }
  /**
   * Resets the summary buffer without writing to summary file
   *
   * @returns {Summary} summary instance
   */
  emptyBuffer() {
    this._buffer = "";
    return this;
  }
  /**
   * Adds raw text to the summary buffer
   *
   * @param {string} text content to add
   * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
   *
   * @returns {Summary} summary instance
   */
  addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
  }
  /**
   * Adds the operating system-specific end-of-line marker to the buffer
   *
   * @returns {Summary} summary instance
   */
  addEOL() {
    return this.addRaw(EOL3);
  }
  /**
   * Adds an HTML codeblock to the summary buffer
   *
   * @param {string} code content to render within fenced code block
   * @param {string} lang (optional) language to syntax highlight code
   *
   * @returns {Summary} summary instance
   */
  addCodeBlock(code2, lang) {
    const attrs = Object.assign({}, lang && { lang });
    const element = this.wrap("pre", this.wrap("code", code2), attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML list to the summary buffer
   *
   * @param {string[]} items list of items to render
   * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
   *
   * @returns {Summary} summary instance
   */
  addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map((item) => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML table to the summary buffer
   *
   * @param {SummaryTableCell[]} rows table rows
   *
   * @returns {Summary} summary instance
   */
  addTable(rows2) {
    const tableBody = rows2.map((row2) => {
      const cells = row2.map((cell) => {
        if (typeof cell === "string") {
          return this.wrap("td", cell);
        }
        const { header, data, colspan, rowspan } = cell;
        const tag = header ? "th" : "td";
        const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
        return this.wrap(tag, data, attrs);
      }).join("");
      return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds a collapsable HTML details element to the summary buffer
   *
   * @param {string} label text for the closed state
   * @param {string} content collapsable content
   *
   * @returns {Summary} summary instance
   */
  addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML image tag to the summary buffer
   *
   * @param {string} src path to the image you to embed
   * @param {string} alt text description of the image
   * @param {SummaryImageOptions} options (optional) addition image attributes
   *
   * @returns {Summary} summary instance
   */
  addImage(src, alt, options) {
    const { width, height } = options || {};
    const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
    const element = this.wrap("img", null, Object.assign({ src, alt }, attrs));
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML section heading element
   *
   * @param {string} text heading text
   * @param {number | string} [level=1] (optional) the heading level, default: 1
   *
   * @returns {Summary} summary instance
   */
  addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = ["h1", "h2", "h3", "h4", "h5", "h6"].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML thematic break (<hr>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML line break (<br>) to the summary buffer
   *
   * @returns {Summary} summary instance
   */
  addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML blockquote to the summary buffer
   *
   * @param {string} text quote text
   * @param {string} cite (optional) citation url
   *
   * @returns {Summary} summary instance
   */
  addQuote(text, cite) {
    const attrs = Object.assign({}, cite && { cite });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
  }
  /**
   * Adds an HTML anchor tag to the summary buffer
   *
   * @param {string} text link text/content
   * @param {string} href hyperlink
   *
   * @returns {Summary} summary instance
   */
  addLink(text, href) {
    const element = this.wrap("a", text, { href });
    return this.addRaw(element).addEOL();
  }
};
var _summary = new Summary();
var summary = _summary;

// node_modules/@actions/core/lib/core.js
var ExitCode;
(function(ExitCode2) {
  ExitCode2[ExitCode2["Success"] = 0] = "Success";
  ExitCode2[ExitCode2["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
function setSecret(secret) {
  issueCommand("add-mask", {}, secret);
}
function getInput(name, options) {
  const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
  if (options && options.required && !val) {
    throw new Error(`Input required and not supplied: ${name}`);
  }
  if (options && options.trimWhitespace === false) {
    return val;
  }
  return val.trim();
}
function setOutput(name, value) {
  const filePath = process.env["GITHUB_OUTPUT"] || "";
  if (filePath) {
    return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
  }
  process.stdout.write(os3.EOL);
  issueCommand("set-output", { name }, toCommandValue(value));
}
function setFailed(message) {
  process.exitCode = ExitCode.Failure;
  error(message);
}
function error(message, properties = {}) {
  issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function warning(message, properties = {}) {
  issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
function info(message) {
  process.stdout.write(message + os3.EOL);
}

// action/src/action-error.ts
var ActionError = class extends Error {
  name = "ActionError";
};

// action/src/inputs.ts
import { homedir } from "node:os";
import { isAbsolute, join, normalize, resolve } from "node:path";

// node_modules/zod/v4/core/util.js
var util_exports = {};
__export(util_exports, {
  BIGINT_FORMAT_RANGES: () => BIGINT_FORMAT_RANGES,
  CONSTANT_CATCH: () => CONSTANT_CATCH,
  Class: () => Class,
  NUMBER_FORMAT_RANGES: () => NUMBER_FORMAT_RANGES,
  aborted: () => aborted,
  allowsEval: () => allowsEval,
  assert: () => assert,
  assertEqual: () => assertEqual,
  assertIs: () => assertIs,
  assertNever: () => assertNever,
  assertNotEqual: () => assertNotEqual,
  assignProp: () => assignProp,
  attachSchema: () => attachSchema,
  base64ToUint8Array: () => base64ToUint8Array,
  base64urlToUint8Array: () => base64urlToUint8Array,
  cached: () => cached,
  captureStackTrace: () => captureStackTrace,
  cleanEnum: () => cleanEnum,
  cleanRegex: () => cleanRegex,
  clone: () => clone,
  cloneDef: () => cloneDef,
  codePointLength: () => codePointLength,
  constantCatch: () => constantCatch,
  createTransparentProxy: () => createTransparentProxy,
  defineLazy: () => defineLazy,
  defineLazyInternal: () => defineLazyInternal,
  derived: () => derived,
  esc: () => esc,
  escapeRegex: () => escapeRegex,
  explicitlyAborted: () => explicitlyAborted,
  extend: () => extend,
  finalizeIssue: () => finalizeIssue,
  floatSafeRemainder: () => floatSafeRemainder,
  getElementAtPath: () => getElementAtPath,
  getEnumValues: () => getEnumValues,
  getLengthableOrigin: () => getLengthableOrigin,
  getParsedType: () => getParsedType,
  getSizableOrigin: () => getSizableOrigin,
  hexToUint8Array: () => hexToUint8Array,
  hide: () => hide,
  installLazyProp: () => installLazyProp,
  isObject: () => isObject,
  isPlainObject: () => isPlainObject,
  issue: () => issue2,
  joinValues: () => joinValues,
  jsonStringifyReplacer: () => jsonStringifyReplacer,
  members: () => members,
  merge: () => merge,
  mergeDefs: () => mergeDefs,
  normalizeParams: () => normalizeParams,
  nullish: () => nullish,
  numKeys: () => numKeys,
  objectClone: () => objectClone,
  omit: () => omit,
  optionalKeys: () => optionalKeys,
  own: () => own,
  parsedType: () => parsedType,
  partial: () => partial,
  pick: () => pick,
  prefixIssues: () => prefixIssues,
  primitiveTypes: () => primitiveTypes,
  promiseAllObject: () => promiseAllObject,
  propertyKeyTypes: () => propertyKeyTypes,
  randomString: () => randomString,
  rawShape: () => rawShape,
  required: () => required,
  safeExtend: () => safeExtend,
  shallowClone: () => shallowClone,
  sizeCaps: () => sizeCaps,
  slugify: () => slugify,
  stringifyPrimitive: () => stringifyPrimitive,
  toZod: () => toZod,
  uint8ArrayToBase64: () => uint8ArrayToBase64,
  uint8ArrayToBase64url: () => uint8ArrayToBase64url,
  uint8ArrayToHex: () => uint8ArrayToHex,
  unwrapMessage: () => unwrapMessage
});
function assertEqual(val) {
  return val;
}
function assertNotEqual(val) {
  return val;
}
function toZod() {
  return (schema) => schema;
}
function assertIs(_arg) {
}
function assertNever(_x) {
  throw new Error("Unexpected value in exhaustive check");
}
function assert(_) {
}
function getEnumValues(entries) {
  const numericValues = Object.values(entries).filter((v) => typeof v === "number");
  const values = Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
  return values;
}
function joinValues(array2, separator = "|") {
  return array2.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
  if (typeof value === "bigint")
    return value.toString();
  return value;
}
var Cached = class {
  constructor(getter) {
    this._getter = getter;
    this._value = void 0;
  }
  get value() {
    const getter = this._getter;
    if (getter !== void 0) {
      this._value = getter();
      this._getter = void 0;
    }
    return this._value;
  }
};
function cached(getter) {
  return new Cached(getter);
}
function nullish(input) {
  return input === null || input === void 0;
}
function cleanRegex(source) {
  const start = source.startsWith("^") ? 1 : 0;
  const end = source.endsWith("$") ? source.length - 1 : source.length;
  return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
  const ratio = val / step;
  const roundedRatio = Math.round(ratio);
  const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
  if (Math.abs(ratio - roundedRatio) < tolerance)
    return 0;
  return ratio - roundedRatio;
}
var EVALUATING = /* @__PURE__ */ Symbol("evaluating");
function defineLazy(object2, key, getter) {
  let value = void 0;
  Object.defineProperty(object2, key, {
    get() {
      if (value === EVALUATING) {
        return void 0;
      }
      if (value === void 0) {
        value = EVALUATING;
        value = getter();
      }
      return value;
    },
    set(v) {
      Object.defineProperty(object2, key, {
        value: v
        // configurable: true,
      });
    },
    configurable: true
  });
}
function objectClone(obj) {
  return Object.create(Object.getPrototypeOf(obj), Object.getOwnPropertyDescriptors(obj));
}
function assignProp(target, prop, value) {
  Object.defineProperty(target, prop, {
    value,
    writable: true,
    enumerable: true,
    configurable: true
  });
}
function rawShape(def) {
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
  return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
  Object.defineProperty(target, key, {
    get() {
      const value = getter();
      assignProp(this, key, value);
      return value;
    },
    enumerable: true,
    configurable: true
  });
}
function putProp(target, key, value) {
  if (key in target)
    assignProp(target, key, value);
  else
    target[key] = value;
}
function mirrorShape(target, source, keys, wrap) {
  const raw = sourceShape(source);
  for (const key of keys) {
    const desc = Object.getOwnPropertyDescriptor(raw, key);
    if (!desc.enumerable)
      continue;
    if (desc.get) {
      deferProp(target, key, () => {
        const value = source._zod.def.shape[key];
        return wrap ? wrap(value, key) : value;
      });
    } else
      putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
  }
}
function mirrorProps(target, source) {
  for (const key of Reflect.ownKeys(source)) {
    const desc = Object.getOwnPropertyDescriptor(source, key);
    if (!desc.enumerable)
      continue;
    if (desc.get)
      deferProp(target, key, () => source[key]);
    else
      putProp(target, key, desc.value);
  }
}
function mergeDefs(...defs) {
  const mergedDescriptors = {};
  for (const def of defs) {
    const descriptors = Object.getOwnPropertyDescriptors(def);
    Object.assign(mergedDescriptors, descriptors);
  }
  return Object.defineProperties({}, mergedDescriptors);
}
function cloneDef(schema) {
  return mergeDefs(schema._zod.def);
}
function getElementAtPath(obj, path) {
  if (!path)
    return obj;
  return path.reduce((acc, key) => acc?.[key], obj);
}
function promiseAllObject(promisesObj) {
  const keys = Object.keys(promisesObj);
  const promises2 = keys.map((key) => promisesObj[key]);
  return Promise.all(promises2).then((results) => {
    const resolvedObj = {};
    for (let i = 0; i < keys.length; i++) {
      resolvedObj[keys[i]] = results[i];
    }
    return resolvedObj;
  });
}
function randomString(length = 10) {
  const chars = "abcdefghijklmnopqrstuvwxyz";
  let str = "";
  for (let i = 0; i < length; i++) {
    str += chars[Math.floor(Math.random() * chars.length)];
  }
  return str;
}
function esc(str) {
  return JSON.stringify(str);
}
function slugify(input) {
  return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
var captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {
};
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
var allowsEval = /* @__PURE__ */ cached(() => {
  if (globalConfig.jitless) {
    return false;
  }
  if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) {
    return false;
  }
  try {
    const F = Function;
    new F("");
    return true;
  } catch (_) {
    return false;
  }
});
function isPlainObject(o) {
  if (isObject(o) === false)
    return false;
  const ctor = o.constructor;
  if (ctor === void 0)
    return true;
  if (typeof ctor !== "function")
    return true;
  const prot = ctor.prototype;
  if (isObject(prot) === false)
    return false;
  if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) {
    return false;
  }
  return true;
}
function shallowClone(o) {
  if (isPlainObject(o))
    return { ...o };
  if (Array.isArray(o))
    return [...o];
  if (o instanceof Map)
    return new Map(o);
  if (o instanceof Set)
    return new Set(o);
  return o;
}
function numKeys(data) {
  let keyCount = 0;
  for (const key in data) {
    if (Object.prototype.hasOwnProperty.call(data, key)) {
      keyCount++;
    }
  }
  return keyCount;
}
var getParsedType = (data) => {
  const t = typeof data;
  switch (t) {
    case "undefined":
      return "undefined";
    case "string":
      return "string";
    case "number":
      return Number.isNaN(data) ? "nan" : "number";
    case "boolean":
      return "boolean";
    case "function":
      return "function";
    case "bigint":
      return "bigint";
    case "symbol":
      return "symbol";
    case "object":
      if (Array.isArray(data)) {
        return "array";
      }
      if (data === null) {
        return "null";
      }
      if (data.then && typeof data.then === "function" && data.catch && typeof data.catch === "function") {
        return "promise";
      }
      if (typeof Map !== "undefined" && data instanceof Map) {
        return "map";
      }
      if (typeof Set !== "undefined" && data instanceof Set) {
        return "set";
      }
      if (typeof Date !== "undefined" && data instanceof Date) {
        return "date";
      }
      if (typeof File !== "undefined" && data instanceof File) {
        return "file";
      }
      return "object";
    default:
      throw new Error(`Unknown data type: ${t}`);
  }
};
var propertyKeyTypes = /* @__PURE__ */ new Set(["string", "number", "symbol"]);
var primitiveTypes = /* @__PURE__ */ new Set([
  "string",
  "number",
  "bigint",
  "boolean",
  "symbol",
  "undefined"
]);
function escapeRegex(str) {
  return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone(inst, def, params) {
  const cl = new inst._zod.constr(def ?? inst._zod.def);
  if (!def || params?.parent)
    cl._zod.parent = inst;
  return cl;
}
function normalizeParams(_params) {
  const params = _params;
  if (!params)
    return {};
  if (typeof params === "string")
    return { error: () => params };
  if (params?.message !== void 0) {
    if (params?.error !== void 0)
      throw new Error("Cannot specify both `message` and `error` params");
    params.error = params.message;
  }
  delete params.message;
  if (typeof params.error === "string")
    return { ...params, error: () => params.error };
  return params;
}
function createTransparentProxy(getter) {
  let target;
  return new Proxy({}, {
    get(_, prop, receiver) {
      target ?? (target = getter());
      return Reflect.get(target, prop, receiver);
    },
    set(_, prop, value, receiver) {
      target ?? (target = getter());
      return Reflect.set(target, prop, value, receiver);
    },
    has(_, prop) {
      target ?? (target = getter());
      return Reflect.has(target, prop);
    },
    deleteProperty(_, prop) {
      target ?? (target = getter());
      return Reflect.deleteProperty(target, prop);
    },
    ownKeys(_) {
      target ?? (target = getter());
      return Reflect.ownKeys(target);
    },
    getOwnPropertyDescriptor(_, prop) {
      target ?? (target = getter());
      return Reflect.getOwnPropertyDescriptor(target, prop);
    },
    defineProperty(_, prop, descriptor) {
      target ?? (target = getter());
      return Reflect.defineProperty(target, prop, descriptor);
    }
  });
}
function stringifyPrimitive(value) {
  if (typeof value === "bigint")
    return value.toString() + "n";
  if (typeof value === "string")
    return `"${value}"`;
  return `${value}`;
}
function optionalKeys(shape) {
  return Object.keys(shape).filter((k) => {
    return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
  });
}
var NUMBER_FORMAT_RANGES = /* @__PURE__ */ (() => ({
  safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  float32: [-34028234663852886e22, 34028234663852886e22],
  float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
var BIGINT_FORMAT_RANGES = {
  int64: [/* @__PURE__ */ BigInt("-9223372036854775808"), /* @__PURE__ */ BigInt("9223372036854775807")],
  uint64: [/* @__PURE__ */ BigInt(0), /* @__PURE__ */ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".pick() cannot be used on object schemas containing refinements");
  }
  const newShape = {};
  mirrorShape(newShape, schema, maskedKeys(schema, mask));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function maskedKeys(schema, mask) {
  const raw = sourceShape(schema);
  const keys = [];
  for (const key of Reflect.ownKeys(mask)) {
    if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) {
      throw new Error(`Unrecognized key: "${String(key)}"`);
    }
    if (mask[key])
      keys.push(key);
  }
  return keys;
}
function omit(schema, mask) {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(".omit() cannot be used on object schemas containing refinements");
  }
  const omitted = new Set(maskedKeys(schema, mask));
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
  return clone(schema, mergeDefs(currDef, { shape: newShape, checks: [] }));
}
function extend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to extend: expected a plain object");
  }
  const checks = schema._zod.def.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    const existingShape = sourceShape(schema);
    for (const key of Reflect.ownKeys(shape)) {
      if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) {
        throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
      }
    }
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
  mirrorProps(newShape, shape);
  return newShape;
}
function safeExtend(schema, shape) {
  if (!isPlainObject(shape)) {
    throw new Error("Invalid input to safeExtend: expected a plain object");
  }
  return clone(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
  if (!b?._zod?.def) {
    throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
  }
  if (a._zod.def.checks?.length) {
    throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
  }
  const newShape = {};
  mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
  mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
  const def = mergeDefs(a._zod.def, {
    shape: newShape,
    get catchall() {
      return b._zod.def.catchall;
    },
    checks: b._zod.def.checks ?? []
  });
  return clone(a, def);
}
function partial(Class2, schema, mask, name = "partial") {
  const currDef = schema._zod.def;
  const checks = currDef.checks;
  const hasChecks = checks && checks.length > 0;
  if (hasChecks) {
    throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
  }
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class2 && ((value, key) => selected && !selected.has(key) ? value : new Class2({ type: "optional", innerType: value })));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape, checks: [] }));
}
function required(Class2, schema, mask) {
  const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
  const newShape = {};
  mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => (
    // overwrite with non-optional
    selected && !selected.has(key) ? value : new Class2({ type: "nonoptional", innerType: value })
  ));
  return clone(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue !== true) {
      return true;
    }
  }
  return false;
}
function explicitlyAborted(x, startIndex = 0) {
  if (x.aborted === true)
    return true;
  for (let i = startIndex; i < x.issues.length; i++) {
    if (x.issues[i]?.continue === false) {
      return true;
    }
  }
  return false;
}
function prefixIssues(path, issues) {
  return issues.map((iss) => {
    var _a3;
    (_a3 = iss).path ?? (_a3.path = []);
    iss.path.unshift(path);
    return iss;
  });
}
function unwrapMessage(message) {
  return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
  const caps = [];
  for (const ch of defChecks ?? []) {
    const d = ch._zod.def;
    if (!/_(length|size)$|_equals$/.test(d.check))
      break;
    const max = d.maximum ?? d.length ?? d.size;
    if (max >= 0)
      caps.push([max, ch]);
  }
  return caps;
}
function attachSchema(issues, start, inst) {
  var _a3;
  for (let i = start; i < issues.length; i++) {
    (_a3 = issues[i]).schema ?? (_a3.schema = inst);
  }
}
function finalizeIssue(iss, ctx, config2) {
  var _a3;
  const traits = iss.inst?._zod?.traits;
  if (traits?.has("$ZodType")) {
    if (traits.has("$ZodCheck"))
      (_a3 = iss).schema ?? (_a3.schema = iss.inst);
    else
      iss.schema = iss.inst;
  }
  const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
  const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config2.customError?.(iss)) ?? unwrapMessage(config2.localeError?.(iss)) ?? "Invalid input";
  const full = {};
  for (const k of Object.keys(iss)) {
    if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__")
      continue;
    full[k] = iss[k];
  }
  full.path ?? (full.path = []);
  full.message = message;
  if (ctx?.reportInput) {
    full.input = iss.input;
  }
  return full;
}
function getSizableOrigin(input) {
  if (input instanceof Set)
    return "set";
  if (input instanceof Map)
    return "map";
  if (input instanceof File)
    return "file";
  return "unknown";
}
var highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
  const units = str.length;
  if (!highSurrogate.test(str))
    return units;
  let count = units;
  for (let i = 0; i < units - 1; i++) {
    if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
      count--;
      i++;
    }
  }
  return count;
}
function getLengthableOrigin(input) {
  if (Array.isArray(input))
    return "array";
  if (typeof input === "string")
    return "string";
  return "unknown";
}
function parsedType(data) {
  const t = typeof data;
  switch (t) {
    case "number": {
      return Number.isNaN(data) ? "nan" : "number";
    }
    case "object": {
      if (data === null) {
        return "null";
      }
      if (Array.isArray(data)) {
        return "array";
      }
      const obj = data;
      if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) {
        return obj.constructor.name;
      }
    }
  }
  return t;
}
function issue2(...args) {
  const [iss, input, inst] = args;
  if (typeof iss === "string") {
    return {
      message: iss,
      code: "custom",
      input,
      inst
    };
  }
  return { ...iss };
}
function cleanEnum(obj) {
  return Object.entries(obj).filter(([k, _]) => {
    return Number.isNaN(Number.parseInt(k, 10));
  }).map((el) => el[1]);
}
function base64ToUint8Array(base642) {
  const binaryString = atob(base642);
  const bytes = new Uint8Array(binaryString.length);
  for (let i = 0; i < binaryString.length; i++) {
    bytes[i] = binaryString.charCodeAt(i);
  }
  return bytes;
}
function uint8ArrayToBase64(bytes) {
  let binaryString = "";
  for (let i = 0; i < bytes.length; i++) {
    binaryString += String.fromCharCode(bytes[i]);
  }
  return btoa(binaryString);
}
function base64urlToUint8Array(base64url2) {
  const base642 = base64url2.replace(/-/g, "+").replace(/_/g, "/");
  const padding = "=".repeat((4 - base642.length % 4) % 4);
  return base64ToUint8Array(base642 + padding);
}
function uint8ArrayToBase64url(bytes) {
  return uint8ArrayToBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
function hexToUint8Array(hex) {
  const cleanHex = hex.replace(/^0x/, "");
  if (cleanHex.length % 2 !== 0) {
    throw new Error("Invalid hex string length");
  }
  const bytes = new Uint8Array(cleanHex.length / 2);
  for (let i = 0; i < cleanHex.length; i += 2) {
    bytes[i / 2] = Number.parseInt(cleanHex.slice(i, i + 2), 16);
  }
  return bytes;
}
function uint8ArrayToHex(bytes) {
  return Array.from(bytes).map((b) => b.toString(16).padStart(2, "0")).join("");
}
var Class = class {
  constructor(..._args) {
  }
};
function members(proto, table) {
  for (const key in table) {
    const desc = Object.getOwnPropertyDescriptor(table, key);
    if (desc.get)
      Object.defineProperty(proto, key, { ...desc, enumerable: false });
    else
      defineBound(proto, key, desc.value);
  }
}
function own(inst, key, value, enumerable = true) {
  Object.defineProperty(inst, key, { configurable: true, writable: true, enumerable, value });
  return value;
}
function hide(inst, key, value) {
  return own(inst, key, value, false);
}
// @__NO_SIDE_EFFECTS__
function derived(computes, table) {
  for (const key in computes) {
    const compute = computes[key];
    Object.defineProperty(table, key, {
      configurable: true,
      enumerable: true,
      get() {
        return own(this, key, compute(this));
      },
      set(value) {
        own(this, key, value);
      }
    });
  }
  return table;
}
function defineBound(proto, key, fn) {
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      return this == null ? fn : own(this, key, fn.bind(this));
    },
    set(value) {
      own(this, key, value);
    }
  });
}
function claim(inst, sentinel) {
  const proto = Object.getPrototypeOf(inst);
  return sentinel in proto ? void 0 : proto;
}
var installing;
var broke = false;
var breaker = {
  configurable: true,
  get() {
    broke = true;
    return void 0;
  }
};
function defineLazyInternal(inst, key, compute) {
  const proto = Object.getPrototypeOf(inst._zod);
  if (key in proto && installing !== inst._zod) {
    installing = void 0;
    return;
  }
  installing = inst._zod;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      Object.defineProperty(this, key, breaker);
      const outer = broke;
      broke = false;
      try {
        const value = compute(this);
        if (broke)
          delete this[key];
        else
          Object.defineProperty(this, key, { configurable: true, writable: true, value });
        broke = broke || outer;
        return value;
      } catch (err) {
        delete this[key];
        broke = broke || outer;
        throw err;
      }
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, value });
    }
  });
}
function installLazyProp(inst, key, make, enumerable) {
  const proto = claim(inst, key);
  if (!proto)
    return;
  Object.defineProperty(proto, key, {
    configurable: true,
    get() {
      const desc = { configurable: true, writable: true, enumerable, value: void 0 };
      Object.defineProperty(this, key, desc);
      desc.value = make(this);
      Object.defineProperty(this, key, desc);
      return desc.value;
    },
    set(value) {
      Object.defineProperty(this, key, { configurable: true, writable: true, enumerable, value });
    }
  });
}
var CONSTANT_CATCH = "~constantCatch";
function constantCatch(value) {
  const fn = () => value;
  fn[CONSTANT_CATCH] = true;
  return fn;
}

// node_modules/zod/v4/core/core.js
var _a;
var _zodDesc = { value: void 0, enumerable: false };
var _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
  const E = _E;
  if (E) {
    const saved = E.stackTraceLimit;
    if (typeof saved === "number") {
      try {
        E.stackTraceLimit = 0;
      } catch {
        _E = null;
        return new Definition();
      }
      try {
        return new Definition();
      } finally {
        E.stackTraceLimit = saved;
      }
    }
  }
  return new Definition();
}
// @__NO_SIDE_EFFECTS__
function $constructor(name, initializer3, proto, params) {
  const zodProto = {};
  function Internals(def) {
    this.def = def;
    this.constr = _;
    this.traits = /* @__PURE__ */ new Set();
  }
  Internals.prototype = zodProto;
  const protoMembers = proto;
  const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
  function init(inst, def) {
    if (!inst._zod) {
      _zodDesc.value = new Internals(def);
      try {
        Object.defineProperty(inst, "_zod", _zodDesc);
      } finally {
        _zodDesc.value = void 0;
      }
    } else if (inst._zod.traits.has(name)) {
      return;
    }
    inst._zod.traits.add(name);
    initializer3(inst, def);
    if (initialized) {
      const own2 = Object.getPrototypeOf(inst);
      const ctorProto = inst._zod.constr.prototype;
      let up = own2;
      while (up && up !== ctorProto)
        up = Object.getPrototypeOf(up);
      const target = up ?? own2;
      if (!initialized.has(target)) {
        initialized.add(target);
        members(target, protoMembers);
      }
    }
    const proto2 = _.prototype;
    for (const k in proto2) {
      if (!Object.prototype.hasOwnProperty.call(proto2, k))
        continue;
      if (!(k in inst)) {
        inst[k] = proto2[k].bind(inst);
      }
    }
  }
  const Parent = params?.Parent ?? Object;
  class Definition extends Parent {
  }
  Object.defineProperty(Definition, "name", { value: name });
  function _(def) {
    const inst = params?.Parent ? newError(Definition) : this;
    init(inst, def);
    const deferred = inst._zod.deferred;
    if (deferred) {
      for (const fn of deferred) {
        fn();
      }
      inst._zod.deferred = void 0;
    }
    const pp = globalThis.__zod_globalConfig?.postProcessor;
    if (pp)
      pp(inst);
    return inst;
  }
  Object.defineProperty(_, "init", { value: init });
  Object.defineProperty(_, Symbol.hasInstance, {
    value: (inst) => {
      if (params?.Parent && inst instanceof params.Parent)
        return true;
      return inst?._zod?.traits?.has(name);
    }
  });
  Object.defineProperty(_, "name", { value: name });
  return _;
}
var $ZodAsyncError = class extends Error {
  constructor() {
    super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
  }
};
var $ZodEncodeError = class extends Error {
  constructor(name) {
    super(`Encountered unidirectional transform during encode: ${name}`);
    this.name = "ZodEncodeError";
  }
};
(_a = globalThis).__zod_globalConfig ?? (_a.__zod_globalConfig = {});
var globalConfig = globalThis.__zod_globalConfig;
function config(newConfig) {
  if (newConfig)
    Object.assign(globalConfig, newConfig);
  return globalConfig;
}

// node_modules/zod/v4/core/errors.js
function _getMessage() {
  const internals = this._zod;
  internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
  return internals.message;
}
function _setMessage(value) {
  this._zod.message = value;
}
var _messageDesc = {
  get: _getMessage,
  set: _setMessage,
  enumerable: true,
  configurable: true
};
var _issuesDesc = { value: void 0, enumerable: false };
var _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
var initializer = (inst, def) => {
  inst.name = "$ZodError";
  _issuesDesc.value = def;
  Object.defineProperty(inst, "issues", _issuesDesc);
  _issuesDesc.value = void 0;
  Object.defineProperty(inst, "message", _messageDesc);
  const proto = Object.getPrototypeOf(inst);
  if (!_installedToString.has(proto)) {
    _installedToString.add(proto);
    Object.defineProperty(proto, "toString", {
      configurable: true,
      enumerable: false,
      get() {
        const value = () => this.message;
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
        return value;
      },
      set(value) {
        Object.defineProperty(this, "toString", { value, configurable: true, writable: true });
      }
    });
  }
};
var $ZodError = $constructor("$ZodError", initializer);
var $ZodRealError = $constructor("$ZodError", initializer, void 0, {
  Parent: Error
});
function node(obj, key, make) {
  if (!Object.prototype.hasOwnProperty.call(obj, key)) {
    if (key === "__proto__") {
      Object.defineProperty(obj, key, { value: make(), writable: true, enumerable: true, configurable: true });
    } else {
      obj[key] = make();
    }
  }
  return obj[key];
}
function flattenError(error3, mapper = (issue3) => issue3.message) {
  const fieldErrors = {};
  const formErrors = [];
  for (const sub of error3.issues) {
    if (sub.path.length > 0) {
      node(fieldErrors, sub.path[0], () => []).push(mapper(sub));
    } else {
      formErrors.push(mapper(sub));
    }
  }
  return { formErrors, fieldErrors };
}
function formatError(error3, mapper = (issue3) => issue3.message) {
  const fieldErrors = { _errors: [] };
  const processError = (error4, path = []) => {
    for (const issue3 of error4.issues) {
      if (issue3.code === "invalid_union" && issue3.errors.length) {
        issue3.errors.map((issues) => processError({ issues }, [...path, ...issue3.path]));
      } else if (issue3.code === "invalid_key") {
        processError({ issues: issue3.issues }, [...path, ...issue3.path]);
      } else if (issue3.code === "invalid_element") {
        processError({ issues: issue3.issues }, [...path, ...issue3.path]);
      } else {
        const fullpath = [...path, ...issue3.path];
        if (fullpath.length === 0) {
          fieldErrors._errors.push(mapper(issue3));
        } else {
          let curr = fieldErrors;
          let i = 0;
          while (i < fullpath.length) {
            const el = fullpath[i];
            const terminal = i === fullpath.length - 1;
            if (el === "_errors") {
              if (terminal)
                curr._errors.push(mapper(issue3));
              i++;
              continue;
            }
            if (!Object.prototype.hasOwnProperty.call(curr, el)) {
              Object.defineProperty(curr, el, {
                value: { _errors: [] },
                enumerable: true,
                writable: true,
                configurable: true
              });
            }
            const node2 = curr[el];
            if (terminal) {
              node2._errors.push(mapper(issue3));
            }
            curr = node2;
            i++;
          }
        }
      }
    }
  };
  processError(error3);
  return fieldErrors;
}

// node_modules/zod/v4/core/parse.js
function finalizeParams(callee, params) {
  return { callee: params?.callee ?? callee, Err: params?.Err };
}
var _parse = (_Err) => {
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
    const result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise) {
      throw new $ZodAsyncError();
    }
    if (result.issues.length) {
      const e = new (_params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, _params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var _parseAsync = (_Err) => {
  const fn = async (schema, value, _ctx, params) => {
    const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
    let result = schema._zod.run({ value, issues: [] }, ctx);
    if (result instanceof Promise)
      result = await result;
    if (result.issues.length) {
      const e = new (params?.Err ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config())));
      captureStackTrace(e, params?.callee ?? fn);
      throw e;
    }
    return result.value;
  };
  return fn;
};
var _safeParse = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: false } : { async: false };
  const result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
function failure(Err, issues, ctx) {
  let error3;
  return {
    success: false,
    get error() {
      if (!error3) {
        error3 = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config())));
        issues = void 0;
        ctx = void 0;
      }
      return error3;
    },
    set error(e) {
      error3 = e;
      issues = void 0;
      ctx = void 0;
    }
  };
}
var _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true } : { async: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length ? failure(_Err, result.issues, ctx) : { success: true, data: result.value };
};
var COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
var COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
var validate = ((schema, value, _ctx) => {
  const validator = schema._zod.bag.validator;
  if (validator !== void 0) {
    if (validator(value) !== COMPILE_INVALID)
      return true;
    if (validator.definite === true && _ctx === void 0)
      return false;
  }
  return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
  const ctx = _ctx ? { ..._ctx, async: false, abortEarly: true } : { async: false, abortEarly: true };
  const fallbackRun = schema._zod.bag.fallbackRun;
  let result;
  if (fallbackRun) {
    ctx[COMPILE_FALLBACK] = true;
    result = fallbackRun({ value, issues: [] }, ctx);
  } else {
    result = schema._zod.run({ value, issues: [] }, ctx);
  }
  if (result instanceof Promise) {
    throw new $ZodAsyncError();
  }
  return result.issues.length === 0;
}
var validateAsync = async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, async: true, abortEarly: true } : { async: true, abortEarly: true };
  let result = schema._zod.run({ value, issues: [] }, ctx);
  if (result instanceof Promise)
    result = await result;
  return result.issues.length === 0;
};
var _encode = (_Err) => {
  const parse3 = _parse(_Err);
  const fn = (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return parse3(schema, value, ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _decode = (_Err) => {
  const parse3 = _parse(_Err);
  const fn = (schema, value, _ctx, _params) => {
    return parse3(schema, value, _ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _encodeAsync = (_Err) => {
  const parseAsync2 = _parseAsync(_Err);
  const fn = async (schema, value, _ctx, _params) => {
    const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
    return await parseAsync2(schema, value, ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _decodeAsync = (_Err) => {
  const parseAsync2 = _parseAsync(_Err);
  const fn = async (schema, value, _ctx, _params) => {
    return await parseAsync2(schema, value, _ctx, finalizeParams(fn, _params));
  };
  return fn;
};
var _safeEncode = (_Err) => (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
  return _safeParse(_Err)(schema, value, ctx);
};
var _safeDecode = (_Err) => (schema, value, _ctx) => {
  return _safeParse(_Err)(schema, value, _ctx);
};
var _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
  const ctx = _ctx ? { ..._ctx, direction: "backward" } : { direction: "backward" };
  return _safeParseAsync(_Err)(schema, value, ctx);
};
var _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
  return _safeParseAsync(_Err)(schema, value, _ctx);
};

// node_modules/zod/v4/core/regexes.js
var cuid = /^[cC][0-9a-z]{6,}$/;
var cuid2 = /^[0-9a-z]+$/;
var ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
var xid = /^[0-9a-vA-V]{20}$/;
var ksuid = /^[A-Za-z0-9]{27}$/;
var nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
  return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
var duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
var guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
var uuid = (version2) => {
  if (!version2)
    return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
  return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version2}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
var email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
var _emoji = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
  return new RegExp(_emoji, "u");
}
var ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
var ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
var cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
var cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
var base64 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
var base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
var httpProtocol = /^https?$/;
var e164 = /^\+[1-9]\d{6,14}$/;
var dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
function anchor(source) {
  return new RegExp(`^${source}$`);
}
var date = /* @__PURE__ */ anchor(dateSource);
function timeSource(args) {
  const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
  const regex = typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
  return regex;
}
function time(args) {
  return new RegExp(`^${timeSource(args)}$`);
}
function datetime(args) {
  const opts = ["Z"];
  if (args.offset)
    opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
  const qualified = `${timeSource({ precision: args.precision, seconds: true })}(?:${opts.join("|")})`;
  const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
  return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
var anyString = /^[\s\S]{0,}$/;
var bigint = /^-?\d+n?$/;
var number = /^-?\d+(?:\.\d+)?$/;
var boolean = /^(?:true|false)$/i;
var lowercase = /^[^A-Z]*$/;
var uppercase = /^[^a-z]*$/;

// node_modules/zod/v4/core/checks.js
var $ZodCheck = /* @__PURE__ */ $constructor("$ZodCheck", (inst, def) => {
  var _a3;
  inst._zod ?? (inst._zod = {});
  inst._zod.def = def;
  (_a3 = inst._zod).onattach ?? (_a3.onattach = []);
});
var _whenHasLength = (payload) => {
  const val = payload.value;
  return !nullish(val) && val.length !== void 0;
};
var numericOriginMap = {
  number: "number",
  bigint: "bigint",
  object: "date"
};
var $ZodCheckLessThan = /* @__PURE__ */ $constructor("$ZodCheckLessThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value <= def.value : payload.value < def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin,
      code: "too_big",
      maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckGreaterThan = /* @__PURE__ */ $constructor("$ZodCheckGreaterThan", (inst, def) => {
  $ZodCheck.init(inst, def);
  const origin = numericOriginMap[typeof def.value];
  inst._zod.check = (payload) => {
    if (def.inclusive ? payload.value >= def.value : payload.value > def.value) {
      return;
    }
    payload.issues.push({
      origin: numericOriginMap[typeof payload.value] ?? origin,
      code: "too_small",
      minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
      input: payload.value,
      inclusive: def.inclusive,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMultipleOf = /* @__PURE__ */ $constructor("$ZodCheckMultipleOf", (inst, def) => {
  $ZodCheck.init(inst, def);
  inst._zod.check = (payload) => {
    if (typeof payload.value !== typeof def.value)
      throw new Error("Cannot mix number and bigint in multiple_of check.");
    const isMultiple = typeof payload.value === "bigint" ? (
      // `value % 0n` throws, and nothing is a multiple of zero — the number branch already fails this way via NaN
      def.value !== BigInt(0) && payload.value % def.value === BigInt(0)
    ) : floatSafeRemainder(payload.value, def.value) === 0;
    if (isMultiple)
      return;
    payload.issues.push({
      origin: typeof payload.value,
      code: "not_multiple_of",
      divisor: def.value,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckNumberFormat = /* @__PURE__ */ $constructor("$ZodCheckNumberFormat", (inst, def) => {
  $ZodCheck.init(inst, def);
  def.format = def.format || "float64";
  const isInt = def.format?.includes("int");
  const origin = isInt ? "int" : "number";
  const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
  inst._zod.check = (payload) => {
    const input = payload.value;
    if (isInt) {
      if (!Number.isInteger(input)) {
        payload.issues.push({
          expected: origin,
          format: def.format,
          code: "invalid_type",
          continue: false,
          input,
          inst
        });
        return;
      }
      if (!Number.isSafeInteger(input)) {
        if (input > 0) {
          payload.issues.push({
            input,
            code: "too_big",
            maximum: Number.MAX_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin,
            inclusive: true,
            continue: !def.abort
          });
        } else {
          payload.issues.push({
            input,
            code: "too_small",
            minimum: Number.MIN_SAFE_INTEGER,
            note: "Integers must be within the safe integer range.",
            inst,
            origin,
            inclusive: true,
            continue: !def.abort
          });
        }
        return;
      }
    }
    if (input < minimum) {
      payload.issues.push({
        origin: "number",
        input,
        code: "too_small",
        minimum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
    if (input > maximum) {
      payload.issues.push({
        origin: "number",
        input,
        code: "too_big",
        maximum,
        inclusive: true,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCheckMaxLength = /* @__PURE__ */ $constructor("$ZodCheckMaxLength", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units > def.maximum ? codePointLength(input) : units;
    if (length <= def.maximum)
      return;
    const origin = getLengthableOrigin(input);
    payload.issues.push({
      origin,
      code: "too_big",
      maximum: def.maximum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckMinLength = /* @__PURE__ */ $constructor("$ZodCheckMinLength", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units;
    if (length >= def.minimum)
      return;
    const origin = getLengthableOrigin(input);
    payload.issues.push({
      origin,
      code: "too_small",
      minimum: def.minimum,
      inclusive: true,
      input,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckLengthEquals = /* @__PURE__ */ $constructor("$ZodCheckLengthEquals", (inst, def) => {
  var _a3;
  $ZodCheck.init(inst, def);
  (_a3 = inst._zod.def).when ?? (_a3.when = _whenHasLength);
  inst._zod.check = (payload) => {
    const input = payload.value;
    const units = input.length;
    const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
    if (length === def.length)
      return;
    const origin = getLengthableOrigin(input);
    const tooBig = length > def.length;
    payload.issues.push({
      origin,
      ...tooBig ? { code: "too_big", maximum: def.length } : { code: "too_small", minimum: def.length },
      inclusive: true,
      exact: true,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStringFormat = /* @__PURE__ */ $constructor("$ZodCheckStringFormat", (inst, def) => {
  var _a3, _b;
  $ZodCheck.init(inst, def);
  if (def.pattern)
    (_a3 = inst._zod).check ?? (_a3.check = (payload) => {
      def.pattern.lastIndex = 0;
      if (def.pattern.test(payload.value))
        return;
      payload.issues.push({
        origin: "string",
        code: "invalid_format",
        format: def.format,
        input: payload.value,
        ...def.pattern ? { pattern: def.pattern.toString() } : {},
        inst,
        continue: !def.abort
      });
    });
  else
    (_b = inst._zod).check ?? (_b.check = () => {
    });
});
var $ZodCheckRegex = /* @__PURE__ */ $constructor("$ZodCheckRegex", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    def.pattern.lastIndex = 0;
    if (def.pattern.test(payload.value))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "regex",
      input: payload.value,
      pattern: def.pattern.toString(),
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckLowerCase = /* @__PURE__ */ $constructor("$ZodCheckLowerCase", (inst, def) => {
  def.pattern ?? (def.pattern = lowercase);
  $ZodCheckStringFormat.init(inst, def);
});
var $ZodCheckUpperCase = /* @__PURE__ */ $constructor("$ZodCheckUpperCase", (inst, def) => {
  def.pattern ?? (def.pattern = uppercase);
  $ZodCheckStringFormat.init(inst, def);
});
var $ZodCheckIncludes = /* @__PURE__ */ $constructor("$ZodCheckIncludes", (inst, def) => {
  $ZodCheck.init(inst, def);
  const escapedRegex = escapeRegex(def.includes);
  const pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
  def.pattern = pattern;
  inst._zod.check = (payload) => {
    if (payload.value.includes(def.includes, def.position))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "includes",
      includes: def.includes,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckStartsWith = /* @__PURE__ */ $constructor("$ZodCheckStartsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
  def.pattern ?? (def.pattern = pattern);
  inst._zod.check = (payload) => {
    if (payload.value.startsWith(def.prefix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "starts_with",
      prefix: def.prefix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckEndsWith = /* @__PURE__ */ $constructor("$ZodCheckEndsWith", (inst, def) => {
  $ZodCheck.init(inst, def);
  const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
  def.pattern ?? (def.pattern = pattern);
  inst._zod.check = (payload) => {
    if (payload.value.endsWith(def.suffix))
      return;
    payload.issues.push({
      origin: "string",
      code: "invalid_format",
      format: "ends_with",
      suffix: def.suffix,
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodCheckOverwrite = /* @__PURE__ */ $constructor("$ZodCheckOverwrite", (inst, def) => {
  $ZodCheck.init(inst, def);
  inst._zod.check = (payload) => {
    payload.value = def.tx(payload.value);
  };
});

// node_modules/zod/v4/core/doc.js
var Doc = class {
  constructor(args = [], closed = {}) {
    this.content = [];
    this.indent = 0;
    this.args = args;
    this.closed = closed;
  }
  // the compiler catches a child's throw and keeps writing into this doc, so the indent has to unwind with it
  indented(fn) {
    this.indent += 1;
    try {
      fn(this);
    } finally {
      this.indent -= 1;
    }
  }
  write(arg) {
    if (typeof arg === "function") {
      arg(this, { execution: "sync" });
      arg(this, { execution: "async" });
      return;
    }
    const content = arg;
    const lines = content.split("\n").filter((x) => x);
    const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
    const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
    for (const line of dedented) {
      this.content.push(line);
    }
  }
  compile() {
    const F = Function;
    const content = this?.content ?? [``];
    const factory = new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {
${content.join("\n")}
};`);
    return factory(...Object.values(this.closed));
  }
};

// node_modules/zod/v4/core/versions.js
var version = {
  major: 4,
  minor: 6,
  patch: 7
};

// node_modules/zod/v4/core/schemas.js
var $ZodType = /* @__PURE__ */ $constructor("$ZodType", (inst, def) => {
  var _a3;
  inst ?? (inst = {});
  inst._zod.def = def;
  inst._zod.bag = inst._zod.bag || {};
  inst._zod.version = version;
  const defChecks = inst._zod.def.checks;
  const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
  for (const ch of checks) {
    for (const fn of ch._zod.onattach) {
      fn(inst);
    }
  }
  if (checks.length === 0) {
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred?.push(() => {
      inst._zod.run = inst._zod.parse;
    });
  } else {
    const runChecks = (payload, checks2, ctx) => {
      if (payload.memo)
        return payload;
      let isAborted = aborted(payload);
      let asyncResult;
      for (const ch of checks2) {
        if (ch._zod.def.when) {
          if (explicitlyAborted(payload))
            continue;
          const shouldRun = ch._zod.def.when(payload);
          if (!shouldRun)
            continue;
        } else if (isAborted) {
          continue;
        }
        const currLen = payload.issues.length;
        const _ = ch._zod.check(payload);
        if (_ instanceof Promise && ctx?.async === false) {
          throw new $ZodAsyncError();
        }
        if (asyncResult || _ instanceof Promise) {
          asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
            await _;
            const nextLen = payload.issues.length;
            if (nextLen === currLen)
              return;
            attachSchema(payload.issues, currLen, inst);
            if (!isAborted)
              isAborted = aborted(payload, currLen);
          });
        } else {
          const nextLen = payload.issues.length;
          if (nextLen === currLen)
            continue;
          attachSchema(payload.issues, currLen, inst);
          if (!isAborted)
            isAborted = aborted(payload, currLen);
        }
      }
      if (asyncResult) {
        return asyncResult.then(() => {
          return payload;
        });
      }
      return payload;
    };
    const handleCanaryResult = (canary, payload, ctx) => {
      if (aborted(canary)) {
        canary.aborted = true;
        return canary;
      }
      const checkResult = runChecks(payload, checks, ctx);
      if (checkResult instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return checkResult.then((checkResult2) => inst._zod.parse(checkResult2, ctx));
      }
      return inst._zod.parse(checkResult, ctx);
    };
    inst._zod.run = (payload, ctx) => {
      if (ctx.skipChecks) {
        return inst._zod.parse(payload, ctx);
      }
      if (ctx.direction === "backward") {
        const canary = inst._zod.parse({ value: payload.value, issues: [] }, { ...ctx, skipChecks: true });
        if (canary instanceof Promise) {
          return canary.then((canary2) => {
            return handleCanaryResult(canary2, payload, ctx);
          });
        }
        return handleCanaryResult(canary, payload, ctx);
      }
      const result = inst._zod.parse(payload, ctx);
      if (result instanceof Promise) {
        if (ctx.async === false)
          throw new $ZodAsyncError();
        return result.then((result2) => runChecks(result2, checks, ctx));
      }
      return runChecks(result, checks, ctx);
    };
  }
}, {
  // Wrappers extend this by installing a richer factory over it; reading it eagerly would defeat the laziness.
  get "~standard"() {
    return hide(this, "~standard", standardProps(this));
  },
  set "~standard"(value) {
    own(this, "~standard", value);
  }
});
var toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config())) } : { value: r.value };
async function validateAsync2(inst, value) {
  const ctx = { async: true };
  return toStandardResult(await inst._zod.run({ value, issues: [] }, ctx), ctx);
}
function standardProps(inst) {
  return {
    validate: (value) => {
      const ctx = { async: false };
      try {
        const r = inst._zod.run({ value, issues: [] }, ctx);
        if (!(r instanceof Promise))
          return toStandardResult(r, ctx);
      } catch (_) {
      }
      return validateAsync2(inst, value);
    },
    vendor: "zod",
    version: 1
  };
}
var $ZodString = /* @__PURE__ */ $constructor("$ZodString", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = def.pattern ?? anyString;
  inst._zod.parse = (payload, _) => {
    if (def.coerce)
      try {
        payload.value = String(payload.value);
      } catch (_2) {
      }
    if (typeof payload.value === "string")
      return payload;
    payload.issues.push({
      expected: "string",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
var $ZodStringFormat = /* @__PURE__ */ $constructor("$ZodStringFormat", (inst, def) => {
  $ZodCheckStringFormat.init(inst, def);
  $ZodString.init(inst, def);
});
var $ZodGUID = /* @__PURE__ */ $constructor("$ZodGUID", (inst, def) => {
  def.pattern ?? (def.pattern = guid);
  $ZodStringFormat.init(inst, def);
});
var $ZodUUID = /* @__PURE__ */ $constructor("$ZodUUID", (inst, def) => {
  if (def.version) {
    const versionMap = {
      v1: 1,
      v2: 2,
      v3: 3,
      v4: 4,
      v5: 5,
      v6: 6,
      v7: 7,
      v8: 8
    };
    const v = versionMap[def.version];
    if (v === void 0)
      throw new Error(`Invalid UUID version: "${def.version}"`);
    def.pattern ?? (def.pattern = uuid(v));
  } else
    def.pattern ?? (def.pattern = uuid());
  $ZodStringFormat.init(inst, def);
});
var $ZodEmail = /* @__PURE__ */ $constructor("$ZodEmail", (inst, def) => {
  def.pattern ?? (def.pattern = email);
  $ZodStringFormat.init(inst, def);
});
var URL_BAD_FORMAT = 1;
var URL_UNPARSEABLE = 2;
function canParseURL(input) {
  try {
    if (typeof URL !== "undefined" && typeof URL.canParse === "function")
      return URL.canParse(input);
    new URL(input);
    return true;
  } catch {
    return false;
  }
}
function validateURL(trimmed, def) {
  if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) {
    return canParseURL(trimmed) || URL_UNPARSEABLE;
  }
  return parseURLObject(trimmed, def);
}
function parseURLObject(trimmed, def) {
  if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) {
    return URL_BAD_FORMAT;
  }
  try {
    if (typeof URL !== "undefined") {
      const URLStatic = URL;
      if (typeof URLStatic.parse === "function")
        return URLStatic.parse(trimmed) ?? URL_UNPARSEABLE;
    }
    return new URL(trimmed);
  } catch {
    return URL_UNPARSEABLE;
  }
}
var asciiTabOrNewline = /[\t\n\r]/g;
function stripTabAndNewline(value) {
  return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
  hostname.lastIndex = 0;
  return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
  protocol.lastIndex = 0;
  return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
var $ZodURL = /* @__PURE__ */ $constructor("$ZodURL", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    try {
      const trimmed = payload.value.trim();
      const url = validateURL(trimmed, def);
      if (url === URL_BAD_FORMAT) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid URL format",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url === URL_UNPARSEABLE) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          input: payload.value,
          inst,
          continue: !def.abort
        });
        return;
      }
      if (url === true) {
        payload.value = stripTabAndNewline(trimmed);
        return;
      }
      if (def.hostname && !urlHostnameOk(url, def.hostname)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid hostname",
          pattern: def.hostname.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      if (def.protocol && !urlProtocolOk(url, def.protocol)) {
        payload.issues.push({
          code: "invalid_format",
          format: "url",
          note: "Invalid protocol",
          pattern: def.protocol.source,
          input: payload.value,
          inst,
          continue: !def.abort
        });
      }
      payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
      return;
    } catch (_) {
      payload.issues.push({
        code: "invalid_format",
        format: "url",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodEmoji = /* @__PURE__ */ $constructor("$ZodEmoji", (inst, def) => {
  def.pattern ?? (def.pattern = emoji());
  $ZodStringFormat.init(inst, def);
});
var $ZodNanoID = /* @__PURE__ */ $constructor("$ZodNanoID", (inst, def) => {
  if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1))
    throw new Error(`Invalid nanoid length: ${def.length}`);
  def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
  $ZodStringFormat.init(inst, def);
});
var $ZodCUID = /* @__PURE__ */ $constructor("$ZodCUID", (inst, def) => {
  def.pattern ?? (def.pattern = cuid);
  $ZodStringFormat.init(inst, def);
});
var $ZodCUID2 = /* @__PURE__ */ $constructor("$ZodCUID2", (inst, def) => {
  def.pattern ?? (def.pattern = cuid2);
  $ZodStringFormat.init(inst, def);
});
var $ZodULID = /* @__PURE__ */ $constructor("$ZodULID", (inst, def) => {
  def.pattern ?? (def.pattern = ulid);
  $ZodStringFormat.init(inst, def);
});
var $ZodXID = /* @__PURE__ */ $constructor("$ZodXID", (inst, def) => {
  def.pattern ?? (def.pattern = xid);
  $ZodStringFormat.init(inst, def);
});
var $ZodKSUID = /* @__PURE__ */ $constructor("$ZodKSUID", (inst, def) => {
  def.pattern ?? (def.pattern = ksuid);
  $ZodStringFormat.init(inst, def);
});
var $ZodISODateTime = /* @__PURE__ */ $constructor("$ZodISODateTime", (inst, def) => {
  def.pattern ?? (def.pattern = datetime(def));
  $ZodStringFormat.init(inst, def);
});
var $ZodISODate = /* @__PURE__ */ $constructor("$ZodISODate", (inst, def) => {
  def.pattern ?? (def.pattern = date);
  $ZodStringFormat.init(inst, def);
});
var $ZodISOTime = /* @__PURE__ */ $constructor("$ZodISOTime", (inst, def) => {
  def.pattern ?? (def.pattern = time(def));
  $ZodStringFormat.init(inst, def);
});
var $ZodISODuration = /* @__PURE__ */ $constructor("$ZodISODuration", (inst, def) => {
  def.pattern ?? (def.pattern = duration);
  $ZodStringFormat.init(inst, def);
});
var $ZodIPv4 = /* @__PURE__ */ $constructor("$ZodIPv4", (inst, def) => {
  def.pattern ?? (def.pattern = ipv4);
  $ZodStringFormat.init(inst, def);
});
var ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
  if (!ipv6Alphabet.test(value))
    return false;
  return canParseURL(`http://[${value}]`);
}
var $ZodIPv6 = /* @__PURE__ */ $constructor("$ZodIPv6", (inst, def) => {
  def.pattern ?? (def.pattern = ipv6);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (!isValidIPv6(payload.value)) {
      payload.issues.push({
        code: "invalid_format",
        format: "ipv6",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
var $ZodCIDRv4 = /* @__PURE__ */ $constructor("$ZodCIDRv4", (inst, def) => {
  def.pattern ?? (def.pattern = cidrv4);
  $ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
  const parts = value.split("/");
  if (parts.length !== 2)
    return false;
  const [address, prefix] = parts;
  if (!prefix)
    return false;
  const prefixNum = Number(prefix);
  if (`${prefixNum}` !== prefix)
    return false;
  if (prefixNum < 0 || prefixNum > 128)
    return false;
  return isValidIPv6(address);
}
var $ZodCIDRv6 = /* @__PURE__ */ $constructor("$ZodCIDRv6", (inst, def) => {
  def.pattern ?? (def.pattern = cidrv6);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (!isValidCIDRv6(payload.value)) {
      payload.issues.push({
        code: "invalid_format",
        format: "cidrv6",
        input: payload.value,
        inst,
        continue: !def.abort
      });
    }
  };
});
function isValidBase64(data) {
  if (data === "")
    return true;
  if (/\s/.test(data))
    return false;
  if (data.length % 4 !== 0)
    return false;
  try {
    atob(data);
    return true;
  } catch {
    return false;
  }
}
var base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
var $ZodBase64 = /* @__PURE__ */ $constructor("$ZodBase64", (inst, def) => {
  def.pattern ?? (def.pattern = base64Charset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
  if (!base64urlCharset.test(data))
    return false;
  const base642 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
  const padded = base642.padEnd(Math.ceil(base642.length / 4) * 4, "=");
  return isValidBase64(padded);
}
var $ZodBase64URL = /* @__PURE__ */ $constructor("$ZodBase64URL", (inst, def) => {
  def.pattern ?? (def.pattern = base64urlCharset);
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidBase64URL(payload.value))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "base64url",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodE164 = /* @__PURE__ */ $constructor("$ZodE164", (inst, def) => {
  def.pattern ?? (def.pattern = e164);
  $ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
  try {
    const tokensParts = token.split(".");
    if (tokensParts.length !== 3)
      return false;
    const [header] = tokensParts;
    if (!header)
      return false;
    const parsedHeader = JSON.parse(atob(header));
    if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT")
      return false;
    if (!parsedHeader.alg)
      return false;
    if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm))
      return false;
    return true;
  } catch {
    return false;
  }
}
var $ZodJWT = /* @__PURE__ */ $constructor("$ZodJWT", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  inst._zod.check = (payload) => {
    if (isValidJWT(payload.value, def.alg))
      return;
    payload.issues.push({
      code: "invalid_format",
      format: "jwt",
      input: payload.value,
      inst,
      continue: !def.abort
    });
  };
});
var $ZodNumber = /* @__PURE__ */ $constructor("$ZodNumber", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = number;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Number(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) {
      return payload;
    }
    const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
    payload.issues.push({
      expected: "number",
      code: "invalid_type",
      input,
      inst,
      ...received ? { received } : {}
    });
    return payload;
  };
});
var $ZodNumberFormat = /* @__PURE__ */ $constructor("$ZodNumberFormat", (inst, def) => {
  $ZodCheckNumberFormat.init(inst, def);
  $ZodNumber.init(inst, def);
});
var $ZodBoolean = /* @__PURE__ */ $constructor("$ZodBoolean", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = boolean;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = Boolean(payload.value);
      } catch (_) {
      }
    const input = payload.value;
    if (typeof input === "boolean")
      return payload;
    payload.issues.push({
      expected: "boolean",
      code: "invalid_type",
      input,
      inst
    });
    return payload;
  };
});
var $ZodBigInt = /* @__PURE__ */ $constructor("$ZodBigInt", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.pattern = bigint;
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce)
      try {
        payload.value = BigInt(payload.value);
      } catch (_) {
      }
    if (typeof payload.value === "bigint")
      return payload;
    payload.issues.push({
      expected: "bigint",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
var $ZodUnknown = /* @__PURE__ */ $constructor("$ZodUnknown", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload) => payload;
});
var $ZodNever = /* @__PURE__ */ $constructor("$ZodNever", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _ctx) => {
    payload.issues.push({
      expected: "never",
      code: "invalid_type",
      input: payload.value,
      inst
    });
    return payload;
  };
});
var $ZodDate = /* @__PURE__ */ $constructor("$ZodDate", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _ctx) => {
    if (def.coerce) {
      try {
        payload.value = new Date(payload.value);
      } catch (_err) {
      }
    }
    const input = payload.value;
    const isDate = input instanceof Date;
    const isValidDate = isDate && !Number.isNaN(input.getTime());
    if (isValidDate)
      return payload;
    payload.issues.push({
      expected: "date",
      code: "invalid_type",
      input,
      ...isDate ? { received: "Invalid Date" } : {},
      inst
    });
    return payload;
  };
});
function capSize(inst, size) {
  const caps = sizeCaps(inst._zod.def.checks);
  if (!caps.length)
    return;
  const cap = Math.min(...caps.map((c) => c[0]));
  const parse3 = inst._zod.parse;
  inst._zod.parse = (payload, ctx) => {
    const n = size(payload.value);
    if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
      for (const [max, ch] of sizeCaps(inst._zod.def.checks)) {
        if (n > max && ch._zod.def.when(payload)) {
          const start = payload.issues.length;
          ch._zod.check(payload);
          payload.issues[start].continue = false;
          attachSchema(payload.issues, start, inst);
          return payload;
        }
      }
    }
    return parse3(payload, ctx);
  };
}
var arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
  if (result.issues.length) {
    final.issues.push(...prefixIssues(index, result.issues));
  }
  final.value[index] = result.value;
}
var $ZodArray = /* @__PURE__ */ $constructor("$ZodArray", (inst, def) => {
  $ZodType.init(inst, def);
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    if (!Array.isArray(input)) {
      payload.issues.push({
        expected: "array",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo2 ? memo2.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
    const proms = [];
    const abortEarly = ctx?.abortEarly;
    for (let i = 0; i < input.length; i++) {
      const item = input[i];
      const result = def.element._zod.run({
        value: item,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        proms.push(result.then((result2) => handleArrayResult(result2, payload, i)));
      } else {
        handleArrayResult(result, payload, i);
        if (abortEarly && result.issues.length !== 0 && aborted(result))
          break;
      }
    }
    if (proms.length) {
      return Promise.all(proms).then(() => payload);
    }
    return payload;
  };
  capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
  const isPresent = key in input;
  const isOptionalOut = optout === "optional";
  if (!isPresent && isOptionalOut && optin === "optional") {
    return;
  }
  if (result.issues.length) {
    if (optin !== void 0 && isOptionalOut && !isPresent) {
      return;
    }
    final.issues.push(...prefixIssues(key, result.issues));
  }
  if (!isPresent && optin === void 0) {
    if (!result.issues.length) {
      final.issues.push({
        code: "invalid_type",
        expected: "nonoptional",
        input: void 0,
        path: [key]
      });
    }
    return;
  }
  if (result.value === void 0) {
    if (isPresent || optin === "defaulted" && !isOptionalOut) {
      final.value[key] = void 0;
    }
  } else {
    final.value[key] = result.value;
  }
}
var NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
  const keys = Object.keys(def.shape);
  const ownSymbols = Object.getOwnPropertySymbols(def.shape);
  const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
  const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
  for (const k of allKeys) {
    if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) {
      throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
    }
  }
  const okeys = optionalKeys(def.shape);
  return {
    ...def,
    allKeys,
    symbolKeys,
    // string-only: handleCatchall matches it against `for...in`, which never yields a symbol
    keySet: new Set(keys),
    numKeys: keys.length,
    optionalKeys: new Set(okeys)
  };
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
  const unrecognized = [];
  const keySet = def.keySet;
  const _catchall = def.catchall._zod;
  const t = _catchall.def.type;
  const optin = _catchall.optin;
  const optout = _catchall.optout;
  let seen = 0;
  for (const key in input) {
    if (abortEarly && payload.issues.length !== seen) {
      if (aborted(payload, seen))
        break;
      seen = payload.issues.length;
    }
    if (keySet.has(key))
      continue;
    if (key === "__proto__") {
      if (t === "never")
        unrecognized.push(key);
      continue;
    }
    if (t === "never") {
      unrecognized.push(key);
      continue;
    }
    const r = _catchall.run({ value: input[key], issues: [] }, ctx);
    if (r instanceof Promise) {
      proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
    } else {
      handlePropertyResult(r, payload, key, input, optin, optout);
    }
  }
  if (unrecognized.length) {
    payload.issues.push({
      code: "unrecognized_keys",
      keys: unrecognized,
      input,
      inst,
      // Describes the shape of the input, not the validity of the parsed value, so it never aborts. The parse still fails; the schema's own checks just get to run first, and an enclosing intersection can reconcile the key against a sibling operand.
      continue: true
    });
  }
  if (!proms.length)
    return payload;
  return Promise.all(proms).then(() => {
    return payload;
  });
}
var $ZodObject = /* @__PURE__ */ $constructor("$ZodObject", (inst, def) => {
  $ZodType.init(inst, def);
  const desc = Object.getOwnPropertyDescriptor(def, "shape");
  const sh = desc?.get ? desc.get.raw : def.shape ?? {};
  if (sh) {
    const get = () => {
      const newSh = { ...sh };
      Object.defineProperty(def, "shape", { value: newSh });
      get.raw = newSh;
      return newSh;
    };
    get.raw = sh;
    Object.defineProperty(def, "shape", { get });
  }
  const _normalized = cached(() => normalizeDef(def));
  defineLazyInternal(inst, "propValues", (zod) => {
    const shape = zod.def.shape;
    const propValues = {};
    for (const key in shape) {
      const field = shape[key]._zod;
      if (field.values) {
        if (!Object.prototype.hasOwnProperty.call(propValues, key)) {
          assignProp(propValues, key, /* @__PURE__ */ new Set());
        }
        for (const v of field.values)
          propValues[key].add(v);
        if (field.optin !== void 0)
          propValues[key].add(void 0);
      }
    }
    return propValues;
  });
  const isObject2 = isObject;
  const catchall = def.catchall;
  let value;
  const memo2 = globalConfig.memoizer;
  memo2?.attach(inst);
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject2(input)) {
      payload.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    payload.value = memo2 ? memo2.alloc(inst, payload, {}, ctx) : {};
    const proms = [];
    const shape = value.shape;
    const abortEarly = ctx?.abortEarly;
    let seen = payload.issues.length;
    for (const key of value.allKeys) {
      if (abortEarly && payload.issues.length !== seen) {
        if (aborted(payload, seen))
          break;
        seen = payload.issues.length;
      }
      if (key === "__proto__")
        continue;
      const el = shape[key];
      const optin = el._zod.optin;
      const optout = el._zod.optout;
      const r = el._zod.run({ value: input[key], issues: [] }, ctx);
      if (r instanceof Promise) {
        proms.push(r.then((r2) => handlePropertyResult(r2, payload, key, input, optin, optout)));
      } else {
        handlePropertyResult(r, payload, key, input, optin, optout);
      }
    }
    if (!catchall) {
      return proms.length ? Promise.all(proms).then(() => payload) : payload;
    }
    return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
  };
});
var $ZodObjectJIT = /* @__PURE__ */ $constructor("$ZodObjectJIT", (inst, def) => {
  $ZodObject.init(inst, def);
  const superParse = inst._zod.parse;
  const _normalized = cached(() => normalizeDef(def));
  const memo2 = globalConfig.memoizer;
  const generateFastpass = (shape) => {
    const normalized = _normalized.value;
    const syms = normalized.symbolKeys;
    const doc = new Doc(["payload", "ctx"], { shape, inst, memo: memo2, syms });
    const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
    const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
    doc.write(`const input = payload.value;`);
    const ids = /* @__PURE__ */ Object.create(null);
    let counter = 0;
    for (const key of normalized.allKeys) {
      ids[key] = `key_${counter++}`;
    }
    doc.write(memo2 ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
    for (const key of normalized.allKeys) {
      if (key === "__proto__")
        continue;
      const id = ids[key];
      const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
      const isPresent = `${k} in input`;
      const schema = shape[key];
      const optin = schema?._zod?.optin;
      const isOptionalIn = optin !== void 0;
      const isOptionalOut = schema?._zod?.optout === "optional";
      doc.write(`const ${id} = ${parseStr(k)};`);
      if (isOptionalIn && isOptionalOut) {
        const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
        doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
      } else if (!isOptionalIn) {
        doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
      } else {
        doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
        if (optin === "defaulted") {
          doc.write(`newResult[${k}] = ${id}.value;`);
        } else {
          doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
        }
      }
    }
    doc.write(`payload.value = newResult;`);
    doc.write(`return payload;`);
    return doc.compile();
  };
  let fastpass;
  const isObject2 = isObject;
  const jit = !globalConfig.jitless;
  const allowsEval2 = allowsEval;
  const fastEnabled = jit && allowsEval2.value;
  const catchall = def.catchall;
  let value;
  inst._zod.parse = (payload, ctx) => {
    value ?? (value = _normalized.value);
    const input = payload.value;
    if (!isObject2(input)) {
      payload.issues.push({
        expected: "object",
        code: "invalid_type",
        input,
        inst
      });
      return payload;
    }
    if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
      if (!fastpass)
        fastpass = generateFastpass(def.shape);
      payload = fastpass(payload, ctx);
      if (!catchall)
        return payload;
      return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
    }
    return superParse(payload, ctx);
  };
});
function handleUnionResults(results, final, inst, ctx) {
  for (const result of results) {
    if (result.issues.length === 0) {
      final.value = result.value;
      return final;
    }
  }
  const nonaborted = results.filter((r) => !aborted(r));
  if (nonaborted.length === 1) {
    final.value = nonaborted[0].value;
    return nonaborted[0];
  }
  final.issues.push({
    code: "invalid_union",
    input: final.value,
    inst,
    errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config())))
  });
  return final;
}
var $ZodUnion = /* @__PURE__ */ $constructor("$ZodUnion", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
  defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
  defineLazyInternal(inst, "values", (zod) => {
    if (zod.def.options.every((o) => o._zod.values)) {
      return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
    }
    return void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    if (zod.def.options.every((o) => o._zod.pattern)) {
      const patterns = zod.def.options.map((o) => o._zod.pattern);
      return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
    }
    return void 0;
  });
  const first = def.options.length === 1 ? def.options[0]._zod.run : null;
  inst._zod.parse = (payload, ctx) => {
    if (first) {
      return first(payload, ctx);
    }
    let async = false;
    const results = [];
    for (const option of def.options) {
      const result = option._zod.run({
        value: payload.value,
        issues: []
      }, ctx);
      if (result instanceof Promise) {
        results.push(result);
        async = true;
      } else {
        if (result.issues.length === 0)
          return result;
        results.push(result);
      }
    }
    if (!async)
      return handleUnionResults(results, payload, inst, ctx);
    return Promise.all(results).then((results2) => {
      return handleUnionResults(results2, payload, inst, ctx);
    });
  };
});
var $ZodIntersection = /* @__PURE__ */ $constructor("$ZodIntersection", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, ctx) => {
    const input = payload.value;
    const left = def.left._zod.run({ value: input, issues: [] }, ctx);
    const right = def.right._zod.run({ value: input, issues: [] }, ctx);
    const async = left instanceof Promise || right instanceof Promise;
    if (async) {
      return Promise.all([left, right]).then(([left2, right2]) => {
        return handleIntersectionResults(payload, left2, right2);
      });
    }
    return handleIntersectionResults(payload, left, right);
  };
});
function mergeValues(a, b) {
  if (a === b) {
    return { valid: true, data: a };
  }
  if (a instanceof Date && b instanceof Date && +a === +b) {
    return { valid: true, data: a };
  }
  if (isPlainObject(a) && isPlainObject(b)) {
    const bKeys = Object.keys(b);
    const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
    const newObj = { ...a, ...b };
    if (Object.prototype.hasOwnProperty.call(newObj, "__proto__"))
      delete newObj.__proto__;
    for (const key of sharedKeys) {
      if (key === "__proto__")
        continue;
      const sharedValue = mergeValues(a[key], b[key]);
      if (!sharedValue.valid) {
        return {
          valid: false,
          mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
        };
      }
      newObj[key] = sharedValue.data;
    }
    return { valid: true, data: newObj };
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) {
      return { valid: false, mergeErrorPath: [] };
    }
    const newArray = [];
    for (let index = 0; index < a.length; index++) {
      const itemA = a[index];
      const itemB = b[index];
      const sharedValue = mergeValues(itemA, itemB);
      if (!sharedValue.valid) {
        return {
          valid: false,
          mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
        };
      }
      newArray.push(sharedValue.data);
    }
    return { valid: true, data: newArray };
  }
  return { valid: false, mergeErrorPath: [] };
}
function handleIntersectionResults(result, left, right) {
  const unrecKeys = /* @__PURE__ */ new Map();
  let unrecIssue;
  const keyIssues = /* @__PURE__ */ new Map();
  const collect2 = (iss, side) => {
    let keys;
    if (iss.code === "unrecognized_keys" && !iss.path?.length) {
      unrecIssue ?? (unrecIssue = iss);
      keys = iss.keys;
    } else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
      const k = String(iss.path[0]);
      if (!keyIssues.has(k))
        keyIssues.set(k, iss);
      keys = [k];
    } else {
      return false;
    }
    for (const k of keys) {
      if (!unrecKeys.has(k))
        unrecKeys.set(k, {});
      unrecKeys.get(k)[side] = true;
    }
    return true;
  };
  for (const iss of left.issues) {
    if (!collect2(iss, "l"))
      result.issues.push(iss);
  }
  for (const iss of right.issues) {
    if (!collect2(iss, "r"))
      result.issues.push(iss);
  }
  const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
  if (bothKeys.length) {
    const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
    if (aggregated.length)
      result.issues.push({ ...unrecIssue, keys: aggregated });
    for (const k of bothKeys) {
      if (!aggregated.includes(k) && keyIssues.has(k))
        result.issues.push(keyIssues.get(k));
    }
  }
  const merged2 = mergeValues(left.value, right.value);
  if (!merged2.valid) {
    if (aborted(result))
      return result;
    throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged2.mergeErrorPath)}`);
  }
  result.value = merged2.data;
  return result;
}
var $ZodEnum = /* @__PURE__ */ $constructor("$ZodEnum", (inst, def) => {
  $ZodType.init(inst, def);
  const values = getEnumValues(def.entries);
  const valuesSet = new Set(values);
  inst._zod.values = valuesSet;
  defineLazyInternal(inst, "pattern", (zod) => {
    const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
    return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (valuesSet.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodLiteral = /* @__PURE__ */ $constructor("$ZodLiteral", (inst, def) => {
  $ZodType.init(inst, def);
  const values = new Set(def.values);
  inst._zod.values = values;
  defineLazyInternal(inst, "pattern", (zod) => {
    const vals = zod.def.values;
    return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
  });
  inst._zod.parse = (payload, _ctx) => {
    const input = payload.value;
    if (values.has(input)) {
      return payload;
    }
    payload.issues.push({
      code: "invalid_value",
      values: def.values,
      input,
      inst
    });
    return payload;
  };
});
var $ZodTransform = /* @__PURE__ */ $constructor("$ZodTransform", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "optional";
  globalConfig.memoizer?.guard(inst);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    const _out = def.transform(payload.value, payload);
    if (ctx.async) {
      const output = _out instanceof Promise ? _out : Promise.resolve(_out);
      return output.then((output2) => {
        payload.value = output2;
        return payload;
      });
    }
    if (_out instanceof Promise) {
      throw new $ZodAsyncError();
    }
    payload.value = _out;
    return payload;
  };
});
function handleOptionalResult(payload, result) {
  payload.value = result.issues.length ? void 0 : result.value;
  return payload;
}
var $ZodOptional = /* @__PURE__ */ $constructor("$ZodOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  inst._zod.optout = "optional";
  defineLazyInternal(inst, "values", (zod) => {
    const values = zod.def.innerType._zod.values;
    return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
  });
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern = zod.def.innerType._zod.pattern;
    return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === void 0) {
      if (def.innerType._zod.optin !== "defaulted")
        return payload;
      const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
      if (result instanceof Promise)
        return result.then((result2) => handleOptionalResult(payload, result2));
      return handleOptionalResult(payload, result);
    }
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodExactOptional = /* @__PURE__ */ $constructor("$ZodExactOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
  inst._zod.parse = (payload, ctx) => {
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodNullable = /* @__PURE__ */ $constructor("$ZodNullable", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "pattern", (zod) => {
    const pattern = zod.def.innerType._zod.pattern;
    return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
  });
  defineLazyInternal(inst, "values", (zod) => {
    return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    if (payload.value === null)
      return payload;
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodDefault = /* @__PURE__ */ $constructor("$ZodDefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    if (payload.value === void 0) {
      payload.value = def.defaultValue;
      return payload;
    }
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleDefaultResult(result2, def));
    }
    return handleDefaultResult(result, def);
  };
});
function handleDefaultResult(payload, def) {
  if (payload.value === void 0) {
    payload.value = def.defaultValue;
  }
  return payload;
}
var $ZodPrefault = /* @__PURE__ */ $constructor("$ZodPrefault", (inst, def) => {
  $ZodType.init(inst, def);
  inst._zod.optin = "defaulted";
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    if (payload.value === void 0) {
      payload.value = def.defaultValue;
    }
    return def.innerType._zod.run(payload, ctx);
  };
});
var $ZodNonOptional = /* @__PURE__ */ $constructor("$ZodNonOptional", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => {
    const v = zod.def.innerType._zod.values;
    return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
  });
  inst._zod.parse = (payload, ctx) => {
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleNonOptionalResult(result2, inst));
    }
    return handleNonOptionalResult(result, inst);
  };
});
function handleNonOptionalResult(payload, inst) {
  if (!payload.issues.length && payload.value === void 0) {
    payload.issues.push({
      code: "invalid_type",
      expected: "nonoptional",
      input: payload.value,
      inst
    });
  }
  return payload;
}
function handleCatchResult(payload, result, def, ctx) {
  if (!result.issues.length) {
    payload.value = result.value;
    if (result.memo)
      payload.memo = true;
    return payload;
  }
  payload.value = def.catchValue({
    ...result,
    value: payload.value,
    error: {
      issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config()))
    },
    input: payload.value
  });
  return payload;
}
var $ZodCatch = /* @__PURE__ */ $constructor("$ZodCatch", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run({ value: payload.value, issues: [] }, ctx);
    if (result instanceof Promise) {
      return result.then((result2) => handleCatchResult(payload, result2, def, ctx));
    }
    return handleCatchResult(payload, result, def, ctx);
  };
});
var $ZodPipe = /* @__PURE__ */ $constructor("$ZodPipe", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      const right = def.out._zod.run(payload, ctx);
      if (right instanceof Promise) {
        return right.then((right2) => handlePipeResult(right2, def.in, ctx));
      }
      return handlePipeResult(right, def.in, ctx);
    }
    const left = def.in._zod.run(payload, ctx);
    if (left instanceof Promise) {
      return left.then((left2) => handlePipeResult(left2, def.out, ctx));
    }
    return handlePipeResult(left, def.out, ctx);
  };
});
function handlePipeResult(left, next, ctx) {
  if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
    left.aborted = true;
    return left;
  }
  return next._zod.run({ value: left.value, issues: left.issues }, ctx);
}
var $ZodReadonly = /* @__PURE__ */ $constructor("$ZodReadonly", (inst, def) => {
  $ZodType.init(inst, def);
  defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
  defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
  defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
  defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
  inst._zod.parse = (payload, ctx) => {
    if (ctx.direction === "backward") {
      return def.innerType._zod.run(payload, ctx);
    }
    const result = def.innerType._zod.run(payload, ctx);
    if (result instanceof Promise) {
      return result.then(handleReadonlyResult);
    }
    return handleReadonlyResult(result);
  };
});
function handleReadonlyResult(payload) {
  if (!payload.memo)
    payload.value = Object.freeze(payload.value);
  return payload;
}
var $ZodCustom = /* @__PURE__ */ $constructor("$ZodCustom", (inst, def) => {
  $ZodCheck.init(inst, def);
  $ZodType.init(inst, def);
  inst._zod.parse = (payload, _) => {
    return payload;
  };
  inst._zod.check = (payload) => {
    const input = payload.value;
    const r = def.fn(input);
    if (r instanceof Promise) {
      return r.then((r2) => handleRefineResult(r2, payload, input, inst));
    }
    handleRefineResult(r, payload, input, inst);
    return;
  };
});
function handleRefineResult(result, payload, input, inst) {
  if (!result) {
    const _iss = {
      code: "custom",
      input,
      inst,
      // incorporates params.error into issue reporting
      path: [...inst._zod.def.path ?? []],
      // incorporates params.error into issue reporting
      continue: !inst._zod.def.abort
      // params: inst._zod.def.params,
    };
    if (inst._zod.def.params)
      _iss.params = inst._zod.def.params;
    payload.issues.push(issue2(_iss));
  }
}

// node_modules/zod/v4/core/memoizer.js
var $ZodCyclicError = class extends Error {
  constructor() {
    super(`Cannot parse a reference cycle that closes through a transform`);
    this.name = "ZodCyclicError";
  }
};
var STATE = "~memo";
var NO_ISSUES = [];
function isRef(value) {
  return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
  return issues.map((iss) => iss.path ? { ...iss, path: iss.path.slice() } : { ...iss });
}
var recursive = /* @__PURE__ */ new WeakMap();
var NONE = 0;
var ASSUMED = 1;
var PROVEN = 2;
function isRecursive(inst, stack, resolve2) {
  const cached2 = recursive.get(inst);
  if (cached2 !== void 0)
    return cached2 ? PROVEN : NONE;
  if (stack.has(inst))
    return PROVEN;
  stack.add(inst);
  let result = NONE;
  const check = (child) => {
    if (result !== PROVEN && child?._zod) {
      const answer2 = isRecursive(child, stack, resolve2);
      if (answer2 > result)
        result = answer2;
    }
  };
  const shape = (sh, spread) => {
    let answer2 = NONE;
    for (const key of Reflect.ownKeys(sh)) {
      const desc = Object.getOwnPropertyDescriptor(sh, key);
      if (spread && !desc.enumerable)
        continue;
      const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve2) : NONE;
      if (child > answer2)
        answer2 = child;
    }
    return answer2;
  };
  const merge2 = (answer2) => {
    if (answer2 > result)
      result = answer2;
  };
  const def = inst._zod.def;
  const kind = def.type;
  switch (kind) {
    case "object": {
      const raw = rawShape(def);
      merge2(raw ? shape(raw, true) : ASSUMED);
      check(def.catchall);
      break;
    }
    case "array":
      check(def.element);
      break;
    case "tuple":
      for (const el of def.items)
        check(el);
      check(def.rest);
      break;
    case "record":
    case "map":
      check(def.keyType);
      check(def.valueType);
      break;
    case "set":
      check(def.valueType);
      break;
    case "union":
      for (const el of def.options)
        check(el);
      break;
    case "intersection":
      check(def.left);
      check(def.right);
      break;
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
    case "nonoptional":
    case "promise":
    case "success":
      check(def.innerType);
      break;
    case "pipe":
      check(def.in);
      check(def.out);
      break;
    case "function":
      check(def.input);
      check(def.output);
      break;
    // `$ZodLazy` caches its inner on the def, so a resolved edge is followed exactly
    case "lazy": {
      const inner = def._cachedInner ?? (resolve2 ? inst._zod.innerType : void 0);
      merge2(inner ? isRecursive(inner, stack, false) : ASSUMED);
      break;
    }
    // a leaf by choice: `parts` are regex fragments, not data positions
    case "template_literal":
    // leaves
    case "string":
    case "number":
    case "int":
    case "boolean":
    case "bigint":
    case "symbol":
    case "undefined":
    case "null":
    case "void":
    case "never":
    case "any":
    case "unknown":
    case "date":
    case "nan":
    case "enum":
    case "literal":
    case "file":
    case "transform":
    case "custom":
      break;
    default: {
      kind;
      for (const key in def) {
        const desc = Object.getOwnPropertyDescriptor(def, key);
        if (!desc || desc.get)
          continue;
        const value = desc.value;
        if (!value || typeof value !== "object")
          continue;
        if (value._zod)
          check(value);
        else if (Array.isArray(value))
          for (const el of value)
            check(el);
      }
    }
  }
  stack.delete(inst);
  return settle(inst, result);
}
function settle(inst, answer2) {
  if (answer2 !== ASSUMED)
    recursive.set(inst, answer2 === PROVEN);
  return answer2;
}
function bucketFor(state, inst) {
  let bucket = state.buckets.get(inst);
  if (!bucket) {
    bucket = /* @__PURE__ */ new WeakMap();
    state.buckets.set(inst, bucket);
  }
  return bucket;
}
var handoff;
var open = [];
var memo = {
  alloc(_inst, payload, empty) {
    const bucket = handoff;
    if (!bucket)
      return empty;
    handoff = void 0;
    const entry2 = { value: empty, issues: null };
    bucket.set(payload.value, entry2);
    open.push(entry2);
    return empty;
  },
  guard(inst) {
    var _a3;
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred.push(() => {
      const base = inst._zod.parse;
      const wrapped = (payload, ctx) => {
        if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value))
          throw new $ZodCyclicError();
        return base(payload, ctx);
      };
      inst._zod.parse = wrapped;
      if (inst._zod.run === base)
        inst._zod.run = wrapped;
    });
  },
  attach(inst) {
    var _a3;
    let isRecursiveInst;
    let rechecked = false;
    let lastCtx;
    let lastBucket;
    (_a3 = inst._zod).deferred ?? (_a3.deferred = []);
    inst._zod.deferred.push(() => {
      const base = inst._zod.parse;
      const wrapped = (payload, ctx) => {
        if (isRecursiveInst === void 0) {
          const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
          if (walked === NONE) {
            inst._zod.parse = base;
            if (inst._zod.run === wrapped)
              inst._zod.run = base;
            return base(payload, ctx);
          }
          if (walked === PROVEN || rechecked)
            isRecursiveInst = true;
          else
            rechecked = true;
        }
        const input = payload.value;
        if (!isRef(input))
          return base(payload, ctx);
        let state = ctx[STATE];
        if (!state) {
          state = { buckets: /* @__PURE__ */ new WeakMap(), backEdges: void 0 };
          ctx[STATE] = state;
        }
        let bucket;
        if (lastCtx === ctx) {
          bucket = lastBucket;
        } else {
          bucket = bucketFor(state, inst);
          lastCtx = ctx;
          lastBucket = bucket;
        }
        const hit = bucket.get(input);
        if (hit) {
          payload.value = hit.value;
          if (hit.issues) {
            if (hit.issues.length)
              payload.issues.push(...cloneIssues(hit.issues));
          } else {
            payload.memo = true;
            state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
            state.backEdges.add(hit.value);
          }
          return payload;
        }
        handoff = bucket;
        const depth2 = open.length;
        const result = base(payload, ctx);
        handoff = void 0;
        const entry2 = open.length > depth2 ? open.pop() : void 0;
        if (result instanceof Promise) {
          return result.then((r) => {
            if (entry2)
              entry2.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
            return r;
          });
        }
        if (entry2)
          entry2.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
        return result;
      };
      inst._zod.parse = wrapped;
      if (inst._zod.run === base)
        inst._zod.run = wrapped;
    });
  }
};
function memoizer() {
  return memo;
}
function isBackEdge(ctx, value) {
  const backEdges = ctx[STATE]?.backEdges;
  return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}

// node_modules/zod/v4/locales/en.js
var error2 = () => {
  const Sizable = {
    string: { unit: "characters", verb: "to have" },
    file: { unit: "bytes", verb: "to have" },
    array: { unit: "items", verb: "to have" },
    set: { unit: "items", verb: "to have" },
    map: { unit: "entries", verb: "to have" }
  };
  function getSizing(origin) {
    return Sizable[origin] ?? null;
  }
  const FormatDictionary = {
    regex: "input",
    email: "email address",
    url: "URL",
    emoji: "emoji",
    uuid: "UUID",
    uuidv4: "UUIDv4",
    uuidv6: "UUIDv6",
    nanoid: "nanoid",
    guid: "GUID",
    cuid: "cuid",
    cuid2: "cuid2",
    ulid: "ULID",
    xid: "XID",
    ksuid: "KSUID",
    datetime: "ISO datetime",
    date: "ISO date",
    time: "ISO time",
    duration: "ISO duration",
    ipv4: "IPv4 address",
    ipv6: "IPv6 address",
    mac: "MAC address",
    cidrv4: "IPv4 range",
    cidrv6: "IPv6 range",
    base64: "base64-encoded string",
    base64url: "base64url-encoded string",
    json_string: "JSON string",
    e164: "E.164 number",
    currency_code: "currency code",
    credit_card: "credit card number",
    iban: "IBAN",
    jwt: "JWT",
    template_literal: "input"
  };
  const TypeDictionary = {
    // Compatibility: "nan" -> "NaN" for display
    nan: "NaN"
    // All other type names omitted - they fall back to raw values via ?? operator
  };
  function getTypeName(type2, input) {
    if (type2 === "number" && typeof input === "number" && !Number.isFinite(input)) {
      return String(input);
    }
    return TypeDictionary[type2] ?? type2;
  }
  return (issue3) => {
    switch (issue3.code) {
      case "invalid_type": {
        const expected = getTypeName(issue3.expected);
        const receivedType = parsedType(issue3.input);
        const received = getTypeName(receivedType, issue3.input);
        return `Invalid input: expected ${expected}, received ${received}`;
      }
      case "invalid_value":
        if (issue3.values.length === 1)
          return `Invalid input: expected ${stringifyPrimitive(issue3.values[0])}`;
        return `Invalid option: expected one of ${joinValues(issue3.values, "|")}`;
      case "too_big": {
        const adj = issue3.exact ? "exactly " : issue3.inclusive ? "<=" : "<";
        const sizing = getSizing(issue3.origin);
        if (sizing)
          return `Too big: expected ${issue3.origin ?? "value"} to have ${adj}${issue3.maximum.toString()} ${sizing.unit ?? "elements"}`;
        return `Too big: expected ${issue3.origin ?? "value"} to be ${adj}${issue3.maximum.toString()}`;
      }
      case "too_small": {
        const adj = issue3.exact ? "exactly " : issue3.inclusive ? ">=" : ">";
        const sizing = getSizing(issue3.origin);
        if (sizing) {
          return `Too small: expected ${issue3.origin} to have ${adj}${issue3.minimum.toString()} ${sizing.unit}`;
        }
        return `Too small: expected ${issue3.origin} to be ${adj}${issue3.minimum.toString()}`;
      }
      case "invalid_format": {
        const _issue = issue3;
        if (_issue.format === "starts_with") {
          return `Invalid string: must start with "${_issue.prefix}"`;
        }
        if (_issue.format === "ends_with")
          return `Invalid string: must end with "${_issue.suffix}"`;
        if (_issue.format === "includes")
          return `Invalid string: must include "${_issue.includes}"`;
        if (_issue.format === "regex")
          return `Invalid string: must match pattern ${_issue.pattern}`;
        return `Invalid ${FormatDictionary[_issue.format] ?? issue3.format}`;
      }
      case "not_multiple_of":
        return `Invalid number: must be a multiple of ${issue3.divisor}`;
      case "unrecognized_keys":
        return `Unrecognized key${issue3.keys.length > 1 ? "s" : ""}: ${joinValues(issue3.keys, ", ")}`;
      case "invalid_key":
        return `Invalid key in ${issue3.origin}`;
      case "invalid_union":
        if (issue3.options && Array.isArray(issue3.options) && issue3.options.length > 0) {
          const opts = issue3.options.map((o) => `'${o}'`).join(" | ");
          return `Invalid discriminator value. Expected ${opts}`;
        }
        if (issue3.inclusive === false) {
          return "Invalid input: more than one option matched";
        }
        return "Invalid input";
      case "invalid_element":
        return `Invalid value in ${issue3.origin}`;
      default:
        return `Invalid input`;
    }
  };
};
function en_default() {
  return {
    localeError: error2()
  };
}

// node_modules/zod/v4/core/registries.js
var _a2;
var $ZodRegistry = class {
  constructor() {
    this._map = /* @__PURE__ */ new WeakMap();
    this._idmap = /* @__PURE__ */ new Map();
  }
  add(schema, ..._meta) {
    const meta2 = _meta[0];
    this._map.set(schema, meta2);
    if (meta2 && typeof meta2 === "object" && "id" in meta2) {
      this._idmap.set(meta2.id, schema);
    }
    return this;
  }
  clear() {
    this._map = /* @__PURE__ */ new WeakMap();
    this._idmap = /* @__PURE__ */ new Map();
    return this;
  }
  remove(schema) {
    const meta2 = this._map.get(schema);
    if (meta2 && typeof meta2 === "object" && "id" in meta2) {
      this._idmap.delete(meta2.id);
    }
    this._map.delete(schema);
    return this;
  }
  get(schema) {
    const p = schema._zod.parent;
    if (p) {
      const pm = { ...this.get(p) ?? {} };
      delete pm.id;
      const f = { ...pm, ...this._map.get(schema) };
      return Object.keys(f).length ? f : void 0;
    }
    return this._map.get(schema);
  }
  has(schema) {
    return this._map.has(schema);
  }
};
function registry() {
  return new $ZodRegistry();
}
(_a2 = globalThis).__zod_globalRegistry ?? (_a2.__zod_globalRegistry = registry());
var globalRegistry = globalThis.__zod_globalRegistry;

// node_modules/zod/v4/core/api.js
function snapshotChecks(def) {
  if (def.checks)
    def.checks = [...def.checks];
  return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class2, params) {
  return new Class2(snapshotChecks({ type: "string", ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _coercedString(Class2, params) {
  return new Class2(snapshotChecks({ type: "string", coerce: true, ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _email(Class2, params) {
  return new Class2({
    type: "string",
    format: "email",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _guid(Class2, params) {
  return new Class2({
    type: "string",
    format: "guid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v4",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v6",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class2, params) {
  return new Class2({
    type: "string",
    format: "uuid",
    check: "string_format",
    abort: false,
    version: "v7",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _url(Class2, params) {
  return new Class2({
    type: "string",
    format: "url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _emoji2(Class2, params) {
  return new Class2({
    type: "string",
    format: "emoji",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class2, params) {
  return new Class2({
    type: "string",
    format: "nanoid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "cuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class2, params) {
  return new Class2({
    type: "string",
    format: "cuid2",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class2, params) {
  return new Class2({
    type: "string",
    format: "ulid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _xid(Class2, params) {
  return new Class2({
    type: "string",
    format: "xid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class2, params) {
  return new Class2({
    type: "string",
    format: "ksuid",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "ipv4",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "ipv6",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class2, params) {
  return new Class2({
    type: "string",
    format: "cidrv4",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class2, params) {
  return new Class2({
    type: "string",
    format: "cidrv6",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64(Class2, params) {
  return new Class2({
    type: "string",
    format: "base64",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class2, params) {
  return new Class2({
    type: "string",
    format: "base64url",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _e164(Class2, params) {
  return new Class2({
    type: "string",
    format: "e164",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class2, params) {
  return new Class2({
    type: "string",
    format: "jwt",
    check: "string_format",
    abort: false,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class2, params) {
  return new Class2({
    type: "string",
    format: "datetime",
    check: "string_format",
    offset: false,
    local: false,
    precision: null,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class2, params) {
  return new Class2({
    type: "string",
    format: "date",
    check: "string_format",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class2, params) {
  return new Class2({
    type: "string",
    format: "time",
    check: "string_format",
    precision: null,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class2, params) {
  return new Class2({
    type: "string",
    format: "duration",
    check: "string_format",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _number(Class2, params) {
  return new Class2(snapshotChecks({ type: "number", checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _coercedNumber(Class2, params) {
  return new Class2(snapshotChecks({ type: "number", coerce: true, checks: [], ...normalizeParams(params) }));
}
// @__NO_SIDE_EFFECTS__
function _int(Class2, params) {
  return new Class2({
    type: "number",
    check: "number_format",
    abort: false,
    format: "safeint",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class2, params) {
  return new Class2({
    type: "boolean",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _coercedBoolean(Class2, params) {
  return new Class2({
    type: "boolean",
    coerce: true,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _coercedBigint(Class2, params) {
  return new Class2({
    type: "bigint",
    coerce: true,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class2) {
  return new Class2({
    type: "unknown"
  });
}
// @__NO_SIDE_EFFECTS__
function _never(Class2, params) {
  return new Class2({
    type: "never",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _coercedDate(Class2, params) {
  return new Class2({
    type: "date",
    coerce: true,
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
  return new $ZodCheckLessThan({
    check: "less_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: false
  });
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
  return new $ZodCheckGreaterThan({
    check: "greater_than",
    ...normalizeParams(params),
    value,
    inclusive: true
  });
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
  return new $ZodCheckMultipleOf({
    check: "multiple_of",
    ...normalizeParams(params),
    value
  });
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
  const ch = new $ZodCheckMaxLength({
    check: "max_length",
    ...normalizeParams(params),
    maximum
  });
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
  return new $ZodCheckMinLength({
    check: "min_length",
    ...normalizeParams(params),
    minimum
  });
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
  return new $ZodCheckLengthEquals({
    check: "length_equals",
    ...normalizeParams(params),
    length
  });
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
  return new $ZodCheckRegex({
    check: "string_format",
    format: "regex",
    ...normalizeParams(params),
    pattern
  });
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
  return new $ZodCheckLowerCase({
    check: "string_format",
    format: "lowercase",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
  return new $ZodCheckUpperCase({
    check: "string_format",
    format: "uppercase",
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
  return new $ZodCheckIncludes({
    check: "string_format",
    format: "includes",
    ...normalizeParams(params),
    includes
  });
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
  return new $ZodCheckStartsWith({
    check: "string_format",
    format: "starts_with",
    ...normalizeParams(params),
    prefix
  });
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
  return new $ZodCheckEndsWith({
    check: "string_format",
    format: "ends_with",
    ...normalizeParams(params),
    suffix
  });
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
  return new $ZodCheckOverwrite({
    check: "overwrite",
    tx
  });
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
  return /* @__PURE__ */ _overwrite((input) => input.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
  return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
  return /* @__PURE__ */ _overwrite((input) => input.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
  return /* @__PURE__ */ _overwrite((input) => input.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
  return /* @__PURE__ */ _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class2, element, params) {
  return new Class2({
    type: "array",
    element,
    // get element() {
    //   return element;
    // },
    ...normalizeParams(params)
  });
}
// @__NO_SIDE_EFFECTS__
function _refine(Class2, fn, _params) {
  const schema = new Class2({
    type: "custom",
    check: "custom",
    fn,
    ...normalizeParams(_params)
  });
  return schema;
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
  const ch = /* @__PURE__ */ _check((payload) => {
    payload.addIssue = (issue3) => {
      if (typeof issue3 === "string") {
        payload.issues.push(issue2(issue3, payload.value, ch._zod.def));
      } else {
        const _issue = issue3;
        if (_issue.fatal)
          _issue.continue = false;
        _issue.code ?? (_issue.code = "custom");
        if (!("input" in _issue))
          _issue.input = payload.value;
        _issue.inst ?? (_issue.inst = ch);
        _issue.continue ?? (_issue.continue = !ch._zod.def.abort);
        payload.issues.push(issue2(_issue));
      }
    };
    return fn(payload.value, payload);
  }, params);
  return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
  const ch = new $ZodCheck({
    check: "custom",
    ...normalizeParams(params)
  });
  ch._zod.check = fn;
  return ch;
}

// node_modules/zod/v4/core/to-json-schema.js
function assignProps(target, ...sources) {
  for (const source of sources) {
    for (const key of Reflect.ownKeys(source)) {
      if (Object.prototype.propertyIsEnumerable.call(source, key)) {
        assignProp(target, key, source[key]);
      }
    }
  }
  return target;
}
function initializeContext(params) {
  let target = params?.target ?? "draft-2020-12";
  if (target === "draft-4")
    target = "draft-04";
  if (target === "draft-7")
    target = "draft-07";
  return {
    processors: params.processors ?? {},
    metadataRegistry: params?.metadata ?? globalRegistry,
    target,
    unrepresentable: params?.unrepresentable ?? "throw",
    override: params?.override ?? (() => {
    }),
    io: params?.io ?? "output",
    counter: 0,
    seen: /* @__PURE__ */ new Map(),
    sharedDefsExtractedFor: void 0,
    sharedEmitDoneFor: void 0,
    cycles: params?.cycles ?? "ref",
    reused: params?.reused ?? "inline",
    intersections: [],
    deferred: [],
    external: params?.external ?? void 0
  };
}
function handleUnrepresentable(schema, ctx, json, params, message) {
  const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({ zodSchema: schema, path: params.path, message }) : ctx.unrepresentable;
  if (result === "any")
    return false;
  if (result === void 0 || result === "throw")
    throw new Error(message);
  Object.assign(json, result);
  return true;
}
function processSchema(schema, ctx, _params = { path: [], schemaPath: [] }) {
  var _a3;
  const def = schema._zod.def;
  const seen = ctx.seen.get(schema);
  if (seen) {
    seen.count++;
    const isCycle = _params.schemaPath.includes(schema);
    if (isCycle) {
      seen.cycle = _params.path;
    }
    return seen.schema;
  }
  const result = { schema: {}, count: 1, cycle: void 0, path: _params.path };
  ctx.seen.set(schema, result);
  ctx.sharedDefsExtractedFor = void 0;
  ctx.sharedEmitDoneFor = void 0;
  const overrideSchema = schema._zod.toJSONSchema?.();
  if (overrideSchema) {
    result.schema = overrideSchema;
  } else {
    const params = {
      ..._params,
      schemaPath: [..._params.schemaPath, schema],
      path: _params.path
    };
    if (schema._zod.processJSONSchema) {
      schema._zod.processJSONSchema(ctx, result.schema, params);
    } else {
      const _json = result.schema;
      const processor = ctx.processors[def.type];
      if (!processor) {
        throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
      }
      processor(schema, ctx, _json, params);
    }
    const parent = schema._zod.parent;
    if (parent) {
      if (!result.ref)
        result.ref = parent;
      processSchema(parent, ctx, params);
      ctx.seen.get(parent).isParent = true;
    }
  }
  const meta2 = ctx.metadataRegistry.get(schema);
  if (meta2)
    assignProps(result.schema, meta2);
  if (ctx.io === "input" && isTransforming(schema)) {
    delete result.schema.examples;
    delete result.schema.default;
  }
  if (ctx.io === "input" && "_prefault" in result.schema)
    (_a3 = result.schema).default ?? (_a3.default = result.schema._prefault);
  delete result.schema._prefault;
  const _result = ctx.seen.get(schema);
  return _result.schema;
}
function encodeJSONPointerSegment(segment) {
  return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
  const root = ctx.seen.get(schema);
  if (!root)
    throw new Error("Unprocessed schema. This is a bug in Zod.");
  if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external)
    return;
  const idToSchema = /* @__PURE__ */ new Map();
  for (const entry2 of ctx.seen.entries()) {
    const id = ctx.metadataRegistry.get(entry2[0])?.id;
    if (id) {
      const existing = idToSchema.get(id);
      if (existing && existing !== entry2[0]) {
        throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
      }
      idToSchema.set(id, entry2[0]);
    }
  }
  const makeURI = (entry2) => {
    const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
    if (ctx.external) {
      const externalId = ctx.external.registry.get(entry2[0])?.id;
      const uriGenerator = ctx.external.uri ?? ((id2) => id2);
      if (externalId) {
        return { ref: uriGenerator(externalId) };
      }
      const id = entry2[1].defId ?? entry2[1].schema.id ?? `schema${ctx.counter++}`;
      entry2[1].defId = id;
      return { defId: id, ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}` };
    }
    const uriPrefix = `#`;
    const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
    if (entry2[1] === root && !entry2[1].schema.id) {
      return { ref: uriPrefix };
    }
    const defId = entry2[1].schema.id ?? `__schema${ctx.counter++}`;
    return { defId, ref: defUriPrefix + encodeJSONPointerSegment(defId) };
  };
  const extractToDef = (entry2) => {
    if (entry2[1].schema.$ref) {
      return;
    }
    const seen = entry2[1];
    const { ref, defId } = makeURI(entry2);
    seen.def = { ...seen.schema };
    if (defId)
      seen.defId = defId;
    const schema2 = seen.schema;
    for (const key in schema2) {
      delete schema2[key];
    }
    schema2.$ref = ref;
  };
  if (ctx.cycles === "throw") {
    for (const entry2 of ctx.seen.entries()) {
      const seen = entry2[1];
      if (seen.cycle) {
        throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
      }
    }
  }
  for (const entry2 of ctx.seen.entries()) {
    const seen = entry2[1];
    if (schema === entry2[0]) {
      extractToDef(entry2);
      continue;
    }
    if (ctx.external) {
      const ext = ctx.external.registry.get(entry2[0])?.id;
      if (schema !== entry2[0] && ext) {
        extractToDef(entry2);
        continue;
      }
    }
    const id = ctx.metadataRegistry.get(entry2[0])?.id;
    if (id) {
      extractToDef(entry2);
      continue;
    }
    if (seen.cycle) {
      extractToDef(entry2);
      continue;
    }
    if (seen.count > 1) {
      if (ctx.reused === "ref") {
        extractToDef(entry2);
      }
    }
  }
  if (ctx.external)
    ctx.sharedDefsExtractedFor = ctx.external;
}
function compactTypeUnion(schema) {
  const options = schema.anyOf;
  if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0)
    return;
  const types = [];
  for (const option of options) {
    if (!option || typeof option !== "object")
      return;
    compactTypeUnion(option);
    const keys = Object.keys(option);
    if (keys.length !== 1 || keys[0] !== "type")
      return;
    const type2 = option.type;
    for (const member of Array.isArray(type2) ? type2 : [type2]) {
      if (typeof member !== "string")
        return;
      if (!types.includes(member))
        types.push(member);
    }
  }
  delete schema.anyOf;
  schema.type = types.length === 1 ? types[0] : types;
}
var FOLDABLE_KEYS = /* @__PURE__ */ new Set(["type", "properties", "required", "additionalProperties"]);
var UNION_KEYS = ["oneOf", "anyOf"];
function undeclaredConstraint(member) {
  const extra = member.additionalProperties;
  if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null)
    return null;
  return Object.keys(extra).length ? extra : null;
}
function foldObjects(members2) {
  const objects = [];
  for (const member of members2) {
    if (typeof member !== "object" || member.type !== "object")
      return null;
    for (const key in member) {
      if (!FOLDABLE_KEYS.has(key))
        return null;
    }
    objects.push(member);
  }
  const properties = {};
  const required2 = /* @__PURE__ */ new Set();
  for (const object2 of objects) {
    for (const key in object2.properties) {
      if (Object.prototype.hasOwnProperty.call(properties, key))
        continue;
      const parts = [];
      for (const other of objects) {
        const part = other.properties?.[key] ?? undeclaredConstraint(other);
        if (part === null || part === void 0)
          continue;
        if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part)))
          parts.push(part);
      }
      const merged2 = parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts };
      assignProp(properties, key, merged2);
    }
    for (const key of object2.required ?? [])
      required2.add(key);
  }
  const folded = { type: "object", properties };
  if (required2.size)
    folded.required = [...required2];
  if (objects.every((object2) => object2.additionalProperties === false)) {
    folded.additionalProperties = false;
  } else {
    const constraints = [];
    for (const object2 of objects) {
      const constraint = undeclaredConstraint(object2);
      if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint)))
        constraints.push(constraint);
    }
    if (constraints.length === 1)
      folded.additionalProperties = constraints[0];
    else if (constraints.length > 1)
      folded.additionalProperties = { allOf: constraints };
  }
  return folded;
}
function foldIntersection(json) {
  const allOf = json.allOf;
  if (!Array.isArray(allOf) || allOf.length < 2)
    return;
  for (const key of FOLDABLE_KEYS)
    if (key in json)
      return;
  const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
  let folded = null;
  if (!unions.length) {
    folded = foldObjects(allOf);
  } else {
    const union2 = unions[0];
    const keyword = UNION_KEYS.find((k) => Array.isArray(union2[k]));
    if (Object.keys(union2).length !== 1)
      return;
    const rest = allOf.filter((m) => m !== union2);
    const branches = union2[keyword].map((branch) => foldObjects([...rest, branch]));
    if (branches.some((b) => !b))
      return;
    folded = { [keyword]: branches };
  }
  if (!folded)
    return;
  delete json.allOf;
  assignProps(json, folded);
}
function finalize(ctx, schema) {
  const root = ctx.seen.get(schema);
  if (!root)
    throw new Error("Unprocessed schema. This is a bug in Zod.");
  const flattenRef = (zodSchema) => {
    const seen = ctx.seen.get(zodSchema);
    if (seen.ref === null)
      return;
    const schema2 = seen.def ?? seen.schema;
    const _cached = { ...schema2 };
    const ref = seen.ref;
    seen.ref = null;
    if (ref) {
      flattenRef(ref);
      const refSeen = ctx.seen.get(ref);
      const refSchema = refSeen.schema;
      if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
        schema2.allOf = schema2.allOf ?? [];
        schema2.allOf.push(refSchema);
      } else {
        assignProps(schema2, refSchema);
      }
      assignProps(schema2, _cached);
      const isParentRef = zodSchema._zod.parent === ref;
      if (isParentRef) {
        for (const key in schema2) {
          if (key === "$ref" || key === "allOf")
            continue;
          if (!(key in _cached)) {
            delete schema2[key];
          }
        }
      }
      if (refSchema.$ref && refSeen.def) {
        for (const key in schema2) {
          if (key === "$ref" || key === "allOf")
            continue;
          if (key in refSeen.def && JSON.stringify(schema2[key]) === JSON.stringify(refSeen.def[key])) {
            delete schema2[key];
          }
        }
      }
    }
    const parent = zodSchema._zod.parent;
    if (parent && parent !== ref) {
      flattenRef(parent);
      const parentSeen = ctx.seen.get(parent);
      if (parentSeen?.schema.$ref) {
        schema2.$ref = parentSeen.schema.$ref;
        if (parentSeen.def) {
          for (const key in schema2) {
            if (key === "$ref" || key === "allOf")
              continue;
            if (key in parentSeen.def && JSON.stringify(schema2[key]) === JSON.stringify(parentSeen.def[key])) {
              delete schema2[key];
            }
          }
        }
      }
    }
    ctx.override({
      zodSchema,
      jsonSchema: schema2,
      path: seen.path ?? []
    });
  };
  if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
    for (const entry2 of [...ctx.seen.entries()].reverse()) {
      flattenRef(entry2[0]);
    }
    if (ctx.target !== "openapi-3.0") {
      for (const entry2 of ctx.seen.entries()) {
        compactTypeUnion(entry2[1].def ?? entry2[1].schema);
      }
    }
    for (const rewrite of ctx.deferred)
      rewrite();
    if (ctx.intersections.length) {
      const carriers = /* @__PURE__ */ new Map();
      for (const seen of ctx.seen.values()) {
        for (const json of [seen.schema, seen.def]) {
          const allOf = json?.allOf;
          if (!Array.isArray(allOf))
            continue;
          const existing = carriers.get(allOf);
          if (existing)
            existing.push(json);
          else
            carriers.set(allOf, [json]);
        }
      }
      for (const allOf of ctx.intersections) {
        for (const json of carriers.get(allOf) ?? [])
          foldIntersection(json);
      }
    }
  }
  const result = {};
  if (ctx.target === "draft-2020-12") {
    result.$schema = "https://json-schema.org/draft/2020-12/schema";
  } else if (ctx.target === "draft-07") {
    result.$schema = "http://json-schema.org/draft-07/schema#";
  } else if (ctx.target === "draft-04") {
    result.$schema = "http://json-schema.org/draft-04/schema#";
  } else if (ctx.target === "openapi-3.0") {
  } else {
  }
  if (ctx.external?.uri) {
    const id = ctx.external.registry.get(schema)?.id;
    if (!id)
      throw new Error("Schema is missing an `id` property");
    result.$id = ctx.external.uri(id);
  }
  assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
  const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
  if (rootMetaId !== void 0 && result.id === rootMetaId)
    delete result.id;
  const defs = ctx.external?.defs ?? {};
  if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
    for (const entry2 of ctx.seen.entries()) {
      const seen = entry2[1];
      if (seen.def && seen.defId) {
        if (seen.def.id === seen.defId)
          delete seen.def.id;
        assignProp(defs, seen.defId, seen.def);
      }
    }
  }
  if (ctx.external)
    ctx.sharedEmitDoneFor = ctx.external;
  if (ctx.external) {
  } else {
    if (Object.keys(defs).length > 0) {
      if (ctx.target === "draft-2020-12") {
        result.$defs = defs;
      } else {
        result.definitions = defs;
      }
    }
  }
  try {
    const finalized = JSON.parse(JSON.stringify(result));
    Object.defineProperty(finalized, "~standard", {
      value: {
        ...schema["~standard"],
        jsonSchema: {
          input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
          output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
        }
      },
      enumerable: false,
      writable: false
    });
    return finalized;
  } catch (_err) {
    throw new Error("Error converting schema to JSON.");
  }
}
function isTransforming(_schema, _ctx) {
  const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
  if (ctx.seen.has(_schema))
    return false;
  ctx.seen.add(_schema);
  const def = _schema._zod.def;
  if (def.type === "transform")
    return true;
  if (def.type === "array")
    return isTransforming(def.element, ctx);
  if (def.type === "set")
    return isTransforming(def.valueType, ctx);
  if (def.type === "lazy")
    return isTransforming(def.getter(), ctx);
  if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") {
    return isTransforming(def.innerType, ctx);
  }
  if (def.type === "intersection") {
    return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
  }
  if (def.type === "record" || def.type === "map") {
    return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
  }
  if (def.type === "pipe") {
    if (_schema._zod.traits.has("$ZodCodec"))
      return true;
    return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
  }
  if (def.type === "object") {
    for (const key in def.shape) {
      if (isTransforming(def.shape[key], ctx))
        return true;
    }
    return false;
  }
  if (def.type === "union") {
    for (const option of def.options) {
      if (isTransforming(option, ctx))
        return true;
    }
    return false;
  }
  if (def.type === "tuple") {
    for (const item of def.items) {
      if (isTransforming(item, ctx))
        return true;
    }
    if (def.rest && isTransforming(def.rest, ctx))
      return true;
    return false;
  }
  return false;
}
var createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
  const ctx = initializeContext({ ...params, processors });
  processSchema(schema, ctx);
  extractDefs(ctx, schema);
  return finalize(ctx, schema);
};
var createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
  const { libraryOptions, target } = params ?? {};
  const ctx = initializeContext({ ...libraryOptions ?? {}, target, io, processors });
  processSchema(schema, ctx);
  extractDefs(ctx, schema);
  return finalize(ctx, schema);
};

// node_modules/zod/v4/core/json-schema-processors.js
var narrowMin = (agg, key, value) => {
  if (agg[key] === void 0 || value > agg[key])
    agg[key] = value;
};
var narrowMax = (agg, key, value) => {
  if (agg[key] === void 0 || value < agg[key])
    agg[key] = value;
};
var narrowBoth = (agg, value) => {
  narrowMin(agg, "minimum", value);
  narrowMax(agg, "maximum", value);
};
var addDivisor = (agg, value) => {
  agg.multipleOf ?? (agg.multipleOf = []);
  if (!agg.multipleOf.includes(value))
    agg.multipleOf.push(value);
};
var addPattern = (agg, pattern) => {
  agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
  agg.patterns.add(pattern);
};
var intersectMime = (agg, mime) => {
  agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
var setFormat = (agg, format) => {
  agg.format = format;
  if (format.includes("int"))
    agg.isInt = true;
};
var minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
var maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
var formatContributor = (ranges) => (agg, def) => {
  setFormat(agg, def.format);
  const [minimum, maximum] = ranges[def.format];
  narrowMin(agg, "minimum", minimum);
  narrowMax(agg, "maximum", maximum);
};
var contributors = {
  greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
  less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
  multiple_of: (agg, def) => addDivisor(agg, def.value),
  number_format: formatContributor(NUMBER_FORMAT_RANGES),
  bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
  min_length: minContributor,
  max_length: maxContributor,
  length_equals: (agg, def) => narrowBoth(agg, def.length),
  min_size: minContributor,
  max_size: maxContributor,
  size_equals: (agg, def) => narrowBoth(agg, def.size),
  string_format: (agg, def) => {
    setFormat(agg, def.format);
    if (def.pattern)
      addPattern(agg, def.pattern);
    if (def.format === "base64" || def.format === "base64url")
      agg.contentEncoding = def.format;
    if (def.local || def.precision === -1)
      agg.laxFormat = true;
  },
  mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
  const agg = {};
  const def = schema._zod.def;
  const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
  for (const ch of list)
    contributors[ch._zod.def.check]?.(agg, ch._zod.def);
  const bag = schema._zod.bag;
  if (bag.minimum !== void 0)
    narrowMin(agg, "minimum", bag.minimum);
  if (bag.exclusiveMinimum !== void 0)
    narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
  if (bag.maximum !== void 0)
    narrowMax(agg, "maximum", bag.maximum);
  if (bag.exclusiveMaximum !== void 0)
    narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
  if (bag.multipleOf !== void 0)
    addDivisor(agg, bag.multipleOf);
  if (bag.format !== void 0) {
    agg.format ?? (agg.format = bag.format);
    if (bag.format.includes("int"))
      agg.isInt = true;
  }
  if (bag.mime)
    intersectMime(agg, bag.mime);
  for (const pattern of bag.patterns ?? [])
    addPattern(agg, pattern);
  return agg;
}
var formatMap = {
  guid: "uuid",
  url: "uri",
  datetime: "date-time",
  json_string: "json-string",
  regex: ""
  // do not set
};
var exactPatterns = /* @__PURE__ */ new Map([
  [base64Charset, base64],
  [base64urlCharset, base64url]
]);
var exactPattern = (p) => exactPatterns.get(p) ?? p;
var stringProcessor = (schema, ctx, _json, _params) => {
  const json = _json;
  json.type = "string";
  const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json.minLength = minimum;
  if (typeof maximum === "number")
    json.maxLength = maximum;
  if (format) {
    json.format = formatMap[format] ?? format;
    if (json.format === "")
      delete json.format;
    if (format === "time" || laxFormat) {
      delete json.format;
    }
  }
  if (contentEncoding)
    json.contentEncoding = contentEncoding;
  if (patterns && patterns.size > 0) {
    const patternList = [...patterns].map(exactPattern);
    if (patternList.length === 1)
      json.pattern = patternList[0].source;
    else if (patternList.length > 1) {
      json.allOf = [
        ...patternList.map((regex) => ({
          ...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
          pattern: regex.source
        }))
      ];
    }
  }
};
var numberProcessor = (schema, ctx, _json, params) => {
  const json = _json;
  const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
  json.type = isInt ? "integer" : "number";
  const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
  const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
  const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
  if (exMin) {
    if (legacy) {
      json.minimum = exclusiveMinimum;
      json.exclusiveMinimum = true;
    } else {
      json.exclusiveMinimum = exclusiveMinimum;
    }
  } else if (typeof minimum === "number") {
    json.minimum = minimum;
  }
  if (exMax) {
    if (legacy) {
      json.maximum = exclusiveMaximum;
      json.exclusiveMaximum = true;
    } else {
      json.exclusiveMaximum = exclusiveMaximum;
    }
  } else if (typeof maximum === "number") {
    json.maximum = maximum;
  }
  if (multipleOf) {
    const divisors = /* @__PURE__ */ new Set();
    for (const divisor of multipleOf) {
      if (Number.isFinite(divisor) && divisor !== 0)
        divisors.add(Math.abs(divisor));
      else
        handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
    }
    const [first, ...rest] = divisors;
    if (first !== void 0)
      json.multipleOf = first;
    if (rest.length)
      json.allOf = [...json.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
  }
};
var booleanProcessor = (_schema, _ctx, json, _params) => {
  json.type = "boolean";
};
var bigintProcessor = (schema, ctx, json, params) => {
  handleUnrepresentable(schema, ctx, json, params, "BigInt cannot be represented in JSON Schema");
};
var neverProcessor = (_schema, _ctx, json, _params) => {
  json.not = {};
};
var unknownProcessor = (_schema, _ctx, _json, _params) => {
};
var dateProcessor = (schema, ctx, json, params) => {
  handleUnrepresentable(schema, ctx, json, params, "Date cannot be represented in JSON Schema");
};
var enumProcessor = (schema, _ctx, json, _params) => {
  const def = schema._zod.def;
  const values = getEnumValues(def.entries);
  if (values.length === 0) {
    json.not = {};
    return;
  }
  if (values.every((v) => typeof v === "number"))
    json.type = "number";
  if (values.every((v) => typeof v === "string"))
    json.type = "string";
  json.enum = values;
};
var literalProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  if (def.values.length === 0) {
    json.not = {};
    return;
  }
  const vals = [];
  for (const val of def.values) {
    if (val === void 0) {
      if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema"))
        return;
    } else if (typeof val === "bigint") {
      if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema"))
        return;
      vals.push(Number(val));
    } else {
      vals.push(val);
    }
  }
  if (vals.length === 0) {
  } else if (vals.length === 1) {
    const val = vals[0];
    json.type = val === null ? "null" : typeof val;
    if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") {
      json.enum = [val];
    } else {
      json.const = val;
    }
  } else {
    if (vals.every((v) => typeof v === "number"))
      json.type = "number";
    if (vals.every((v) => typeof v === "string"))
      json.type = "string";
    if (vals.every((v) => typeof v === "boolean"))
      json.type = "boolean";
    if (vals.every((v) => v === null))
      json.type = "null";
    json.enum = vals;
  }
};
var customProcessor = (schema, ctx, json, params) => {
  handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
var transformProcessor = (schema, ctx, json, params) => {
  handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
var arrayProcessor = (schema, ctx, _json, params) => {
  const json = _json;
  const def = schema._zod.def;
  const { minimum, maximum } = aggregateChecks(schema);
  if (typeof minimum === "number")
    json.minItems = minimum;
  if (typeof maximum === "number")
    json.maxItems = maximum;
  json.type = "array";
  json.items = processSchema(def.element, ctx, {
    ...params,
    path: [...params.path, "items"]
  });
};
function inputOptin(schema) {
  const def = schema._zod.def;
  if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) {
    return inputOptin(def.out);
  }
  if (def.type === "catch") {
    return inputOptin(def.innerType);
  }
  return schema._zod.optin;
}
var objectProcessor = (schema, ctx, _json, params) => {
  const json = _json;
  const def = schema._zod.def;
  const shape = def.shape;
  const symbolKeys = Object.getOwnPropertySymbols(shape);
  if (symbolKeys.length && handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) {
    return;
  }
  json.type = "object";
  json.properties = {};
  for (const key in shape) {
    assignProp(json.properties, key, processSchema(shape[key], ctx, {
      ...params,
      path: [...params.path, "properties", key]
    }));
  }
  const requiredKeys = [];
  for (const key of Object.keys(shape)) {
    const field = def.shape[key];
    if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) {
      requiredKeys.push(key);
    }
  }
  if (requiredKeys.length > 0) {
    json.required = requiredKeys;
  }
  if (def.catchall?._zod.def.type === "never") {
    json.additionalProperties = false;
  } else if (!def.catchall) {
    if (ctx.io === "output")
      json.additionalProperties = false;
  } else if (def.catchall) {
    json.additionalProperties = processSchema(def.catchall, ctx, {
      ...params,
      path: [...params.path, "additionalProperties"]
    });
  }
};
var unionProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  const isExclusive = def.inclusive === false;
  const options = def.options.map((x, i) => processSchema(x, ctx, {
    ...params,
    path: [...params.path, isExclusive ? "oneOf" : "anyOf", i]
  }));
  if (isExclusive) {
    json.oneOf = options;
  } else {
    json.anyOf = options;
  }
};
var intersectionProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  const a = processSchema(def.left, ctx, {
    ...params,
    path: [...params.path, "allOf", 0]
  });
  const b = processSchema(def.right, ctx, {
    ...params,
    path: [...params.path, "allOf", 1]
  });
  const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
  const allOf = [
    ...isSimpleIntersection(a) ? a.allOf : [a],
    ...isSimpleIntersection(b) ? b.allOf : [b]
  ];
  json.allOf = allOf;
  ctx.intersections.push(allOf);
};
var nullableProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  const inner = processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  if (ctx.target === "openapi-3.0") {
    seen.ref = def.innerType;
    json.nullable = true;
  } else {
    json.anyOf = [inner, { type: "null" }];
  }
};
var nonoptionalProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};
var UNREPRESENTABLE_DEFAULT = /* @__PURE__ */ Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
  let unrepresentable = false;
  const serialized = JSON.stringify(value, (_, val) => {
    if (typeof val !== "bigint")
      return val;
    unrepresentable = true;
    return null;
  });
  if (!unrepresentable)
    return JSON.parse(serialized);
  handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
  return UNREPRESENTABLE_DEFAULT;
}
var defaultProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
  if (value !== UNREPRESENTABLE_DEFAULT)
    json.default = value;
};
var prefaultProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  if (ctx.io !== "input")
    return;
  const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
  if (value !== UNREPRESENTABLE_DEFAULT)
    json._prefault = value;
};
var catchProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  let catchValue;
  try {
    catchValue = def.catchValue(void 0);
  } catch {
    handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
    return;
  }
  json.default = catchValue;
};
var pipeProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  const inIsTransform = def.in._zod.traits.has("$ZodTransform");
  const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
  processSchema(innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = innerType;
};
var readonlyProcessor = (schema, ctx, json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
  json.readOnly = true;
};
var optionalProcessor = (schema, ctx, _json, params) => {
  const def = schema._zod.def;
  processSchema(def.innerType, ctx, params);
  const seen = ctx.seen.get(schema);
  seen.ref = def.innerType;
};

// node_modules/zod/v4/classic/errors.js
var _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
  Object.defineProperty(proto, key, {
    configurable: true,
    enumerable: false,
    get() {
      const value = make(this);
      Object.defineProperty(this, key, { value, configurable: true, writable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(this, key, { value, configurable: true, writable: true });
    }
  });
}
var initializer2 = (inst, issues) => {
  $ZodError.init(inst, issues);
  inst.name = "ZodError";
  const proto = Object.getPrototypeOf(inst);
  if (_installedErrorProtos.has(proto))
    return;
  _installedErrorProtos.add(proto);
  _lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
  _lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
  _lazyMethod(proto, "addIssue", (self) => (issue3) => {
    self.issues.push(issue3);
    self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
  });
  _lazyMethod(proto, "addIssues", (self) => (issues2) => {
    self.issues.push(...issues2);
    self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
  });
  Object.defineProperty(proto, "isEmpty", {
    configurable: true,
    enumerable: false,
    get() {
      return this.issues.length === 0;
    }
  });
};
var ZodRealError = /* @__PURE__ */ $constructor("ZodError", initializer2, void 0, {
  Parent: Error
});

// node_modules/zod/v4/classic/parse.js
var parse = /* @__PURE__ */ _parse(ZodRealError);
var parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
var safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
var safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
var encode = /* @__PURE__ */ _encode(ZodRealError);
var decode = /* @__PURE__ */ _decode(ZodRealError);
var encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
var decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
var safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
var safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
var safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
var safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);

// node_modules/zod/v4/classic/schemas.js
function _ensureDefaultLocale() {
  if (!globalConfig.localeError)
    config(en_default());
}
function _ensureDefaultMemoizer() {
  if (!globalConfig.memoizer)
    config({ memoizer: memoizer() });
}
var ZodType = /* @__PURE__ */ $constructor("ZodType", (inst, def) => {
  _ensureDefaultLocale();
  $ZodType.init(inst, def);
  inst.def = def;
  inst.type = def.type;
  return inst;
}, {
  check(...chks) {
    const def = this.def;
    return this.clone(util_exports.mergeDefs(def, {
      checks: [
        ...def.checks ?? [],
        ...chks.map((ch) => typeof ch === "function" ? { _zod: { check: ch, def: { check: "custom" }, onattach: [] } } : ch)
      ]
    }), { parent: true });
  },
  with(...chks) {
    return this.check(...chks);
  },
  clone(def, params) {
    return clone(this, def, params);
  },
  brand() {
    return this;
  },
  register(reg, meta2) {
    reg.add(this, meta2);
    return this;
  },
  refine(check, params) {
    return this.check(refine(check, params));
  },
  superRefine(refinement, params) {
    return this.check(superRefine(refinement, params));
  },
  overwrite(fn) {
    return this.check(_overwrite(fn));
  },
  optional() {
    return optional(this);
  },
  exactOptional() {
    return exactOptional(this);
  },
  nullable() {
    return nullable(this);
  },
  nullish() {
    return optional(nullable(this));
  },
  nonoptional(params) {
    return nonoptional(this, params);
  },
  array() {
    return array(this);
  },
  or(arg) {
    return union([this, arg]);
  },
  and(arg) {
    return intersection(this, arg);
  },
  transform(tx) {
    return pipe(this, transform(tx));
  },
  default(d) {
    return _default(this, d);
  },
  prefault(d) {
    return prefault(this, d);
  },
  catch(params) {
    return _catch(this, params);
  },
  pipe(target) {
    return pipe(this, target);
  },
  readonly() {
    return readonly(this);
  },
  describe(description) {
    const cl = this.clone();
    globalRegistry.add(cl, { description });
    return cl;
  },
  meta(...args) {
    if (args.length === 0)
      return globalRegistry.get(this);
    const cl = this.clone();
    globalRegistry.add(cl, args[0]);
    return cl;
  },
  isOptional() {
    return this.safeParse(void 0).success;
  },
  isNullable() {
    return this.safeParse(null).success;
  },
  apply(fn, ...args) {
    return args.length === 0 ? fn(this) : fn(this, ...args);
  },
  // Overrides core's `~standard` to add `jsonSchema`. Must stay a prototype entry: redefining it per instance demotes instances to dictionary mode.
  get "~standard"() {
    return util_exports.hide(this, "~standard", {
      ...standardProps(this),
      jsonSchema: {
        input: createStandardJSONSchemaMethod(this, "input"),
        output: createStandardJSONSchemaMethod(this, "output")
      }
    });
  },
  set "~standard"(value) {
    util_exports.own(this, "~standard", value);
  },
  parse: function _parse2(data, params) {
    return parse(this, data, params, { callee: _parse2 });
  },
  parseAsync: async function _parseAsync2(data, params) {
    return await parseAsync(this, data, params, { callee: _parseAsync2 });
  },
  safeParse(data, params) {
    return safeParse(this, data, params);
  },
  async safeParseAsync(data, params) {
    return safeParseAsync(this, data, params);
  },
  // `spa` is an alias: same function object as `safeParseAsync`, as before.
  get spa() {
    return this?.safeParseAsync;
  },
  set spa(value) {
    util_exports.own(this, "spa", value);
  },
  validate(data, params) {
    return validate(this, data, params);
  },
  validateAsync(data, params) {
    return validateAsync(this, data, params);
  },
  encode: function _encode2(data, params) {
    return encode(this, data, params, { callee: _encode2 });
  },
  decode: function _decode2(data, params) {
    return decode(this, data, params, { callee: _decode2 });
  },
  encodeAsync: async function _encodeAsync2(data, params) {
    return await encodeAsync(this, data, params, { callee: _encodeAsync2 });
  },
  decodeAsync: async function _decodeAsync2(data, params) {
    return await decodeAsync(this, data, params, { callee: _decodeAsync2 });
  },
  safeEncode(data, params) {
    return safeEncode(this, data, params);
  },
  safeDecode(data, params) {
    return safeDecode(this, data, params);
  },
  async safeEncodeAsync(data, params) {
    return safeEncodeAsync(this, data, params);
  },
  async safeDecodeAsync(data, params) {
    return safeDecodeAsync(this, data, params);
  },
  toJSONSchema(params) {
    return createToJSONSchemaMethod(this, {})(params);
  },
  // Reads through to the registry on every access, so it must not cache.
  get description() {
    return globalRegistry.get(this)?.description;
  },
  // No setter: `schema._def = x` throws, as it did when `_def` was a non-writable own property.
  get _def() {
    return this._zod.def;
  }
});
var _ZodString = /* @__PURE__ */ $constructor(
  "_ZodString",
  (inst, def) => {
    $ZodString.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
  },
  /* @__PURE__ */ util_exports.derived({
    format: (inst) => aggregateChecks(inst).format ?? null,
    minLength: (inst) => aggregateChecks(inst).minimum ?? null,
    maxLength: (inst) => aggregateChecks(inst).maximum ?? null
  }, {
    regex(...args) {
      return this.check(_regex(...args));
    },
    includes(...args) {
      return this.check(_includes(...args));
    },
    startsWith(...args) {
      return this.check(_startsWith(...args));
    },
    endsWith(...args) {
      return this.check(_endsWith(...args));
    },
    min(...args) {
      return this.check(_minLength(...args));
    },
    max(...args) {
      return this.check(_maxLength(...args));
    },
    length(...args) {
      return this.check(_length(...args));
    },
    nonempty(...args) {
      return this.check(_minLength(1, ...args));
    },
    lowercase(params) {
      return this.check(_lowercase(params));
    },
    uppercase(params) {
      return this.check(_uppercase(params));
    },
    trim() {
      return this.check(_trim());
    },
    normalize(...args) {
      return this.check(_normalize(...args));
    },
    toLowerCase() {
      return this.check(_toLowerCase());
    },
    toUpperCase() {
      return this.check(_toUpperCase());
    },
    slugify() {
      return this.check(_slugify());
    }
  })
);
var ZodString = /* @__PURE__ */ $constructor("ZodString", (inst, def) => {
  $ZodString.init(inst, def);
  _ZodString.init(inst, def);
}, {
  email(params) {
    return this.check(_email(ZodEmail, params));
  },
  url(params) {
    return this.check(_url(ZodURL, params));
  },
  jwt(params) {
    return this.check(_jwt(ZodJWT, params));
  },
  emoji(params) {
    return this.check(_emoji2(ZodEmoji, params));
  },
  guid(params) {
    return this.check(_guid(ZodGUID, params));
  },
  uuid(params) {
    return this.check(_uuid(ZodUUID, params));
  },
  uuidv4(params) {
    return this.check(_uuidv4(ZodUUID, params));
  },
  uuidv6(params) {
    return this.check(_uuidv6(ZodUUID, params));
  },
  uuidv7(params) {
    return this.check(_uuidv7(ZodUUID, params));
  },
  nanoid(params) {
    return this.check(_nanoid(ZodNanoID, params));
  },
  cuid(params) {
    return this.check(_cuid(ZodCUID, params));
  },
  cuid2(params) {
    return this.check(_cuid2(ZodCUID2, params));
  },
  ulid(params) {
    return this.check(_ulid(ZodULID, params));
  },
  base64(params) {
    return this.check(_base64(ZodBase64, params));
  },
  base64url(params) {
    return this.check(_base64url(ZodBase64URL, params));
  },
  xid(params) {
    return this.check(_xid(ZodXID, params));
  },
  ksuid(params) {
    return this.check(_ksuid(ZodKSUID, params));
  },
  ipv4(params) {
    return this.check(_ipv4(ZodIPv4, params));
  },
  ipv6(params) {
    return this.check(_ipv6(ZodIPv6, params));
  },
  cidrv4(params) {
    return this.check(_cidrv4(ZodCIDRv4, params));
  },
  cidrv6(params) {
    return this.check(_cidrv6(ZodCIDRv6, params));
  },
  e164(params) {
    return this.check(_e164(ZodE164, params));
  },
  datetime(params) {
    return this.check(_isoDateTime(ZodISODateTime, params));
  },
  date(params) {
    return this.check(_isoDate(ZodISODate, params));
  },
  time(params) {
    return this.check(_isoTime(ZodISOTime, params));
  },
  duration(params) {
    return this.check(_isoDuration(ZodISODuration, params));
  }
});
function string2(params) {
  return _string(ZodString, params);
}
var ZodStringFormat = /* @__PURE__ */ $constructor("ZodStringFormat", (inst, def) => {
  $ZodStringFormat.init(inst, def);
  _ZodString.init(inst, def);
});
var ZodISODateTime = /* @__PURE__ */ $constructor("ZodISODateTime", (inst, def) => {
  $ZodISODateTime.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISODate = /* @__PURE__ */ $constructor("ZodISODate", (inst, def) => {
  $ZodISODate.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISOTime = /* @__PURE__ */ $constructor("ZodISOTime", (inst, def) => {
  $ZodISOTime.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodISODuration = /* @__PURE__ */ $constructor("ZodISODuration", (inst, def) => {
  $ZodISODuration.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodEmail = /* @__PURE__ */ $constructor("ZodEmail", (inst, def) => {
  $ZodEmail.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodGUID = /* @__PURE__ */ $constructor("ZodGUID", (inst, def) => {
  $ZodGUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodUUID = /* @__PURE__ */ $constructor("ZodUUID", (inst, def) => {
  $ZodUUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodURL = /* @__PURE__ */ $constructor("ZodURL", (inst, def) => {
  $ZodURL.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodEmoji = /* @__PURE__ */ $constructor("ZodEmoji", (inst, def) => {
  $ZodEmoji.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodNanoID = /* @__PURE__ */ $constructor("ZodNanoID", (inst, def) => {
  $ZodNanoID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCUID = /* @__PURE__ */ $constructor("ZodCUID", (inst, def) => {
  $ZodCUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCUID2 = /* @__PURE__ */ $constructor("ZodCUID2", (inst, def) => {
  $ZodCUID2.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodULID = /* @__PURE__ */ $constructor("ZodULID", (inst, def) => {
  $ZodULID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodXID = /* @__PURE__ */ $constructor("ZodXID", (inst, def) => {
  $ZodXID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodKSUID = /* @__PURE__ */ $constructor("ZodKSUID", (inst, def) => {
  $ZodKSUID.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodIPv4 = /* @__PURE__ */ $constructor("ZodIPv4", (inst, def) => {
  $ZodIPv4.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodIPv6 = /* @__PURE__ */ $constructor("ZodIPv6", (inst, def) => {
  $ZodIPv6.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCIDRv4 = /* @__PURE__ */ $constructor("ZodCIDRv4", (inst, def) => {
  $ZodCIDRv4.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodCIDRv6 = /* @__PURE__ */ $constructor("ZodCIDRv6", (inst, def) => {
  $ZodCIDRv6.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodBase64 = /* @__PURE__ */ $constructor("ZodBase64", (inst, def) => {
  $ZodBase64.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodBase64URL = /* @__PURE__ */ $constructor("ZodBase64URL", (inst, def) => {
  $ZodBase64URL.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodE164 = /* @__PURE__ */ $constructor("ZodE164", (inst, def) => {
  $ZodE164.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodJWT = /* @__PURE__ */ $constructor("ZodJWT", (inst, def) => {
  $ZodJWT.init(inst, def);
  ZodStringFormat.init(inst, def);
});
var ZodNumber = /* @__PURE__ */ $constructor(
  "ZodNumber",
  (inst, def) => {
    $ZodNumber.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
    inst.isFinite = true;
  },
  /* @__PURE__ */ util_exports.derived({
    minValue: (inst) => {
      const { minimum, exclusiveMinimum } = aggregateChecks(inst);
      return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
    },
    maxValue: (inst) => {
      const { maximum, exclusiveMaximum } = aggregateChecks(inst);
      return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
    },
    isInt: (inst) => {
      const { isInt, multipleOf } = aggregateChecks(inst);
      return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
    },
    format: (inst) => aggregateChecks(inst).format ?? null
  }, {
    gt(value, params) {
      return this.check(_gt(value, params));
    },
    gte(value, params) {
      return this.check(_gte(value, params));
    },
    min(value, params) {
      return this.check(_gte(value, params));
    },
    lt(value, params) {
      return this.check(_lt(value, params));
    },
    lte(value, params) {
      return this.check(_lte(value, params));
    },
    max(value, params) {
      return this.check(_lte(value, params));
    },
    int(params) {
      return this.check(int(params));
    },
    safe(params) {
      return this.check(int(params));
    },
    positive(params) {
      return this.check(_gt(0, params));
    },
    nonnegative(params) {
      return this.check(_gte(0, params));
    },
    negative(params) {
      return this.check(_lt(0, params));
    },
    nonpositive(params) {
      return this.check(_lte(0, params));
    },
    multipleOf(value, params) {
      return this.check(_multipleOf(value, params));
    },
    step(value, params) {
      return this.check(_multipleOf(value, params));
    },
    finite() {
      return this;
    }
  })
);
function number2(params) {
  return _number(ZodNumber, params);
}
var ZodNumberFormat = /* @__PURE__ */ $constructor("ZodNumberFormat", (inst, def) => {
  $ZodNumberFormat.init(inst, def);
  ZodNumber.init(inst, def);
});
function int(params) {
  return _int(ZodNumberFormat, params);
}
var ZodBoolean = /* @__PURE__ */ $constructor("ZodBoolean", (inst, def) => {
  $ZodBoolean.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
function boolean2(params) {
  return _boolean(ZodBoolean, params);
}
var ZodBigInt = /* @__PURE__ */ $constructor(
  "ZodBigInt",
  (inst, def) => {
    $ZodBigInt.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => bigintProcessor(inst, ctx, json, params);
  },
  /* @__PURE__ */ util_exports.derived({
    minValue: (inst) => aggregateChecks(inst).minimum ?? null,
    maxValue: (inst) => aggregateChecks(inst).maximum ?? null,
    format: (inst) => aggregateChecks(inst).format ?? null
  }, {
    gte(value, params) {
      return this.check(_gte(value, params));
    },
    min(value, params) {
      return this.check(_gte(value, params));
    },
    gt(value, params) {
      return this.check(_gt(value, params));
    },
    lt(value, params) {
      return this.check(_lt(value, params));
    },
    lte(value, params) {
      return this.check(_lte(value, params));
    },
    max(value, params) {
      return this.check(_lte(value, params));
    },
    positive(params) {
      return this.check(_gt(BigInt(0), params));
    },
    negative(params) {
      return this.check(_lt(BigInt(0), params));
    },
    nonpositive(params) {
      return this.check(_lte(BigInt(0), params));
    },
    nonnegative(params) {
      return this.check(_gte(BigInt(0), params));
    },
    multipleOf(value, params) {
      return this.check(_multipleOf(value, params));
    }
  })
);
var ZodUnknown = /* @__PURE__ */ $constructor("ZodUnknown", (inst, def) => {
  $ZodUnknown.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => unknownProcessor(inst, ctx, json, params);
});
function unknown() {
  return _unknown(ZodUnknown);
}
var ZodNever = /* @__PURE__ */ $constructor("ZodNever", (inst, def) => {
  $ZodNever.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json, params);
});
function never(params) {
  return _never(ZodNever, params);
}
var ZodDate = /* @__PURE__ */ $constructor(
  "ZodDate",
  (inst, def) => {
    $ZodDate.init(inst, def);
    ZodType.init(inst, def);
    inst._zod.processJSONSchema = (ctx, json, params) => dateProcessor(inst, ctx, json, params);
    inst.min = (value, params) => inst.check(_gte(value, params));
    inst.max = (value, params) => inst.check(_lte(value, params));
  },
  /* @__PURE__ */ util_exports.derived({
    minDate: (inst) => {
      const { minimum } = aggregateChecks(inst);
      return minimum ? new Date(minimum) : null;
    },
    maxDate: (inst) => {
      const { maximum } = aggregateChecks(inst);
      return maximum ? new Date(maximum) : null;
    }
  }, {})
);
var ZodArray = /* @__PURE__ */ $constructor("ZodArray", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodArray.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
  inst.element = def.element;
}, {
  min(n, params) {
    return this.check(_minLength(n, params));
  },
  nonempty(params) {
    return this.check(_minLength(1, params));
  },
  max(n, params) {
    return this.check(_maxLength(n, params));
  },
  length(n, params) {
    return this.check(_length(n, params));
  },
  unwrap() {
    return this.element;
  }
});
function array(element, params) {
  return _array(ZodArray, element, params);
}
var ZodObject = /* @__PURE__ */ $constructor("ZodObject", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodObjectJIT.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
  util_exports.installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
  keyof() {
    return _enum(Object.keys(this._zod.def.shape));
  },
  catchall(catchall) {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall }));
  },
  passthrough() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: unknown() }));
  },
  loose() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: unknown() }));
  },
  strict() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: never() }));
  },
  strip() {
    return this.clone(util_exports.mergeDefs(this._zod.def, { catchall: void 0 }));
  },
  extend(incoming) {
    return util_exports.extend(this, incoming);
  },
  safeExtend(incoming) {
    return util_exports.safeExtend(this, incoming);
  },
  merge(other) {
    return util_exports.merge(this, other);
  },
  pick(mask) {
    return util_exports.pick(this, mask);
  },
  omit(mask) {
    return util_exports.omit(this, mask);
  },
  partial(...args) {
    return util_exports.partial(ZodOptional, this, args[0]);
  },
  exactPartial(...args) {
    return util_exports.partial(ZodExactOptional, this, args[0], "exactPartial");
  },
  required(...args) {
    return util_exports.required(ZodNonOptional, this, args[0]);
  }
});
function object(shape, params) {
  const def = {
    type: "object",
    shape: shape ?? {},
    ...util_exports.normalizeParams(params)
  };
  return new ZodObject(def);
}
function strictObject(shape, params) {
  return new ZodObject({
    type: "object",
    shape,
    catchall: never(),
    ...util_exports.normalizeParams(params)
  });
}
function looseObject(shape, params) {
  return new ZodObject({
    type: "object",
    shape,
    catchall: unknown(),
    ...util_exports.normalizeParams(params)
  });
}
var ZodUnion = /* @__PURE__ */ $constructor("ZodUnion", (inst, def) => {
  $ZodUnion.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
  inst.options = def.options;
});
function union(options, params) {
  return new ZodUnion({
    type: "union",
    options,
    ...util_exports.normalizeParams(params)
  });
}
var ZodIntersection = /* @__PURE__ */ $constructor("ZodIntersection", (inst, def) => {
  $ZodIntersection.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
  return new ZodIntersection({
    type: "intersection",
    left,
    right
  });
}
var ZodEnum = /* @__PURE__ */ $constructor("ZodEnum", (inst, def) => {
  $ZodEnum.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
  inst.enum = def.entries;
  inst.options = [...inst._zod.values];
  const keys = new Set(Object.keys(def.entries));
  inst.extract = (values, params) => {
    const newEntries = {};
    for (const value of values) {
      if (keys.has(value)) {
        newEntries[value] = def.entries[value];
      } else
        throw new Error(`Key ${value} not found in enum`);
    }
    return new ZodEnum({
      ...def,
      checks: [],
      ...util_exports.normalizeParams(params),
      entries: newEntries
    });
  };
  inst.exclude = (values, params) => {
    const newEntries = { ...def.entries };
    for (const value of values) {
      if (keys.has(value)) {
        delete newEntries[value];
      } else
        throw new Error(`Key ${value} not found in enum`);
    }
    return new ZodEnum({
      ...def,
      checks: [],
      ...util_exports.normalizeParams(params),
      entries: newEntries
    });
  };
});
function _enum(values, params) {
  const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
  return new ZodEnum({
    type: "enum",
    entries,
    ...util_exports.normalizeParams(params)
  });
}
var ZodLiteral = /* @__PURE__ */ $constructor("ZodLiteral", (inst, def) => {
  $ZodLiteral.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
  inst.values = new Set(def.values);
  Object.defineProperty(inst, "value", {
    get() {
      if (def.values.length > 1) {
        throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
      }
      return def.values[0];
    }
  });
});
function literal(value, params) {
  return new ZodLiteral({
    type: "literal",
    values: Array.isArray(value) ? value : [value],
    ...util_exports.normalizeParams(params)
  });
}
var ZodTransform = /* @__PURE__ */ $constructor("ZodTransform", (inst, def) => {
  _ensureDefaultMemoizer();
  $ZodTransform.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
  inst._zod.parse = (payload, _ctx) => {
    if (_ctx.direction === "backward") {
      throw new $ZodEncodeError(inst.constructor.name);
    }
    payload.addIssue = (issue3) => {
      if (typeof issue3 === "string") {
        payload.issues.push(util_exports.issue(issue3, payload.value, def));
      } else {
        const _issue = issue3;
        if (_issue.fatal)
          _issue.continue = false;
        _issue.code ?? (_issue.code = "custom");
        if (!("input" in _issue))
          _issue.input = payload.value;
        _issue.inst ?? (_issue.inst = inst);
        payload.issues.push(util_exports.issue(_issue));
      }
    };
    const output = def.transform(payload.value, payload);
    if (output instanceof Promise) {
      return output.then((output2) => {
        payload.value = output2;
        return payload;
      });
    }
    payload.value = output;
    return payload;
  };
});
function transform(fn) {
  return new ZodTransform({
    type: "transform",
    transform: fn
  });
}
var ZodOptional = /* @__PURE__ */ $constructor("ZodOptional", (inst, def) => {
  $ZodOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
  return new ZodOptional({
    type: "optional",
    innerType
  });
}
var ZodExactOptional = /* @__PURE__ */ $constructor("ZodExactOptional", (inst, def) => {
  $ZodExactOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
  return new ZodExactOptional({
    type: "optional",
    innerType
  });
}
var ZodNullable = /* @__PURE__ */ $constructor("ZodNullable", (inst, def) => {
  $ZodNullable.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
  return new ZodNullable({
    type: "nullable",
    innerType
  });
}
var ZodDefault = /* @__PURE__ */ $constructor("ZodDefault", (inst, def) => {
  $ZodDefault.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
  inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
  return new ZodDefault({
    type: "default",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : util_exports.shallowClone(defaultValue);
    }
  });
}
var ZodPrefault = /* @__PURE__ */ $constructor("ZodPrefault", (inst, def) => {
  $ZodPrefault.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
  return new ZodPrefault({
    type: "prefault",
    innerType,
    get defaultValue() {
      return typeof defaultValue === "function" ? defaultValue() : util_exports.shallowClone(defaultValue);
    }
  });
}
var ZodNonOptional = /* @__PURE__ */ $constructor("ZodNonOptional", (inst, def) => {
  $ZodNonOptional.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
  return new ZodNonOptional({
    type: "nonoptional",
    innerType,
    ...util_exports.normalizeParams(params)
  });
}
var ZodCatch = /* @__PURE__ */ $constructor("ZodCatch", (inst, def) => {
  $ZodCatch.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
  inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
  return new ZodCatch({
    type: "catch",
    innerType,
    catchValue: typeof catchValue === "function" ? catchValue : util_exports.constantCatch(catchValue)
  });
}
var ZodPipe = /* @__PURE__ */ $constructor("ZodPipe", (inst, def) => {
  $ZodPipe.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
  inst.in = def.in;
  inst.out = def.out;
});
function pipe(in_, out) {
  return new ZodPipe({
    type: "pipe",
    in: in_,
    out
    // ...util.normalizeParams(params),
  });
}
var ZodReadonly = /* @__PURE__ */ $constructor("ZodReadonly", (inst, def) => {
  $ZodReadonly.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
  inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
  return new ZodReadonly({
    type: "readonly",
    innerType
  });
}
var ZodCustom = /* @__PURE__ */ $constructor("ZodCustom", (inst, def) => {
  $ZodCustom.init(inst, def);
  ZodType.init(inst, def);
  inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function refine(fn, _params = {}) {
  return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
  return _superRefine(fn, params);
}

// node_modules/zod/v4/classic/iso.js
var iso_exports = {};
__export(iso_exports, {
  ZodISODate: () => ZodISODate,
  ZodISODateTime: () => ZodISODateTime,
  ZodISODuration: () => ZodISODuration,
  ZodISOTime: () => ZodISOTime,
  date: () => date2,
  datetime: () => datetime2,
  duration: () => duration2,
  time: () => time2
});
function datetime2(params) {
  return _isoDateTime(ZodISODateTime, params);
}
function date2(params) {
  return _isoDate(ZodISODate, params);
}
function time2(params) {
  return _isoTime(ZodISOTime, params);
}
function duration2(params) {
  return _isoDuration(ZodISODuration, params);
}

// node_modules/zod/v4/classic/coerce.js
var coerce_exports = {};
__export(coerce_exports, {
  bigint: () => bigint2,
  boolean: () => boolean3,
  date: () => date3,
  number: () => number3,
  string: () => string3
});
function string3(params) {
  return _coercedString(ZodString, params);
}
function number3(params) {
  return _coercedNumber(ZodNumber, params);
}
function boolean3(params) {
  return _coercedBoolean(ZodBoolean, params);
}
function bigint2(params) {
  return _coercedBigint(ZodBigInt, params);
}
function date3(params) {
  return _coercedDate(ZodDate, params);
}

// action/src/inputs.ts
var Sha = string2().regex(/^[0-9a-f]{40}$/, "must be a full commit SHA: 40 hexadecimal digits, lower case");
var Count = (least, most) => coerce_exports.number().int().min(least).max(most);
var Lines = string2().transform(
  (text) => text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "")
);
var HostPath = string2().transform((path) => path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : normalize(path)).refine(isAbsolute, "must be absolute or start with ~/");
var ReportGlob = string2().max(300).refine((glob) => !isAbsolute(glob) && !glob.split("/").includes(".."), "must stay inside of `directory`");
var VariableName = string2().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be the name of an environment variable, without a value").refine((name) => !/^(GITHUB|ACTIONS|RUNNER|INPUT)_/i.test(name), "belongs to the runner and is never passed on").refine((name) => !/TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY/i.test(name), {
  message: "looks like a secret and is never passed on"
});
var Inputs = object({
  base: Sha,
  candidate: Sha,
  incident: string2().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be letters, digits, ".", "_" and "-"'),
  attempt: Count(1, 1e3),
  trigger: _enum(["workflow-run", "issue"]),
  command: string2().trim().min(1, "must not be empty: it is the command that runs the tests").max(5e3),
  "test-command": string2().trim().max(5e3),
  tests: Lines.pipe(array(string2().max(1e3)).max(300)),
  files: Lines.pipe(array(string2().max(1e3)).max(300)),
  reports: Lines.pipe(array(ReportGlob).max(20)),
  repeat: Count(0, 10),
  directory: string2().transform((path) => resolve(path)),
  engine: _enum(["auto", "docker", "podman", "bubblewrap", "none"]),
  image: string2().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]*$|^$/, "must be the name of a container image"),
  network: literal("none", 'can only be "none": tests run without a network'),
  "timeout-seconds": Count(1, 21600),
  "memory-mb": Count(64, 1048576),
  cpus: coerce_exports.number().min(0).max(256),
  processes: Count(8, 4096),
  "disk-mb": Count(64, 1048576),
  "output-kb": Count(4, 384),
  token: string2(),
  "read-only-paths": Lines.pipe(array(HostPath).max(50)),
  "writable-paths": Lines.pipe(array(HostPath).max(20)),
  environment: Lines.pipe(array(VariableName).max(50))
});
var DEFAULTS = {
  engine: "auto",
  network: "none",
  attempt: "1",
  trigger: "workflow-run",
  repeat: "0",
  cpus: "0",
  "disk-mb": "4096",
  "timeout-seconds": "900",
  "memory-mb": "4096",
  processes: "512",
  "output-kb": "256"
};
function parseInputs(read2) {
  const raw = Object.fromEntries(
    Object.keys(Inputs.shape).map((name) => [name, read2(name).trim() || (DEFAULTS[name] ?? "")])
  );
  const parsed = Inputs.safeParse(raw);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue3) => `\`${String(issue3.path[0])}\` ${issue3.message}`);
    throw new ActionError(`The inputs of this step are not right: ${faults.join("; ")}. See action/action.yml.`);
  }
  const inputs = parsed.data;
  if (inputs.image !== "" && inputs.engine !== "docker" && inputs.engine !== "podman") {
    throw new ActionError(
      "The input `image` needs `engine: docker` or `engine: podman`; other engines have no images."
    );
  }
  return {
    ...inputs,
    image: inputs.image === "" ? void 0 : inputs.image,
    limits: {
      timeoutSeconds: inputs["timeout-seconds"],
      memoryMb: inputs["memory-mb"],
      cpus: inputs.cpus,
      diskMb: inputs["disk-mb"],
      processes: inputs.processes,
      outputKb: inputs["output-kb"]
    },
    readOnlyPaths: inputs["read-only-paths"],
    writablePaths: inputs["writable-paths"],
    testCommand: inputs["test-command"] === "" ? void 0 : inputs["test-command"]
  };
}

// action/src/report.ts
import { writeFile as writeFile2 } from "node:fs/promises";
import { arch, availableParallelism, release, totalmem, type } from "node:os";

// src/stages/validation/sandbox-report.ts
var Sha2 = string2().regex(/^[0-9a-f]{40}$/);
var CommandEnd = strictObject({
  /** Null when the process was killed (time-out, memory) or never started. */
  exitCode: number2().int().nullable(),
  /** Why there is no exit code, or `completed`. */
  ended: _enum(["completed", "timed-out", "killed", "not-started", "skipped"]),
  reason: string2().max(500).optional(),
  durationMs: number2().nonnegative(),
  /** Standard output and error, colours taken out, secrets redacted by their form; head and tail when it was long. */
  output: string2().max(4e5),
  outputTruncated: boolean2()
});
var ReportFile = strictObject({ path: string2().max(1e3), text: string2().max(21e5) });
var SandboxRun = strictObject({
  /** `base`: the failing commit. `test-only`: base plus the candidate's tests. `candidate`: everything. */
  name: _enum(["base", "test-only", "candidate"]),
  /** 1, and more where the same tree is run again. */
  round: number2().int().min(1).max(20),
  startedAt: iso_exports.datetime(),
  ...CommandEnd.shape,
  testCommand: CommandEnd.optional(),
  /** Of a first round only; the others are about green or red. */
  reports: array(ReportFile).max(200),
  /** Report files that did not fit, were no plain files or could not be read: how many, and the first of them. */
  reportsLeftOut: strictObject({ count: number2().int().positive(), paths: array(string2()).max(20) }).optional(),
  /** SHA-256 over the sorted paths and contents of the files laid over the base; of nothing for `base`. */
  overlayDigest: string2(),
  /** Git's id of the sources that ran; absent of a run that was skipped. */
  tree: Sha2.optional()
});
var SandboxReport = strictObject({
  version: literal(2),
  incident: string2().max(100),
  attempt: number2().int().positive(),
  trigger: _enum(["workflow-run", "issue"]),
  base: Sha2,
  candidate: Sha2,
  command: string2().max(5e3),
  testCommand: string2().max(5e3).optional(),
  /** How often the candidate was to be run again. */
  repeat: number2().int().nonnegative(),
  /** `undecided`: something was wrong before an engine was chosen. */
  engine: _enum(["docker", "podman", "bubblewrap", "none", "undecided"]),
  limits: strictObject({
    timeoutSeconds: number2().positive(),
    memoryMb: number2().positive(),
    /** 0: all of them. */
    cpus: number2().nonnegative(),
    processes: number2().positive(),
    diskMb: number2().positive(),
    outputKb: number2().positive(),
    network: literal("none").or(literal("unrestricted"))
  }),
  /** The machine that ran it. */
  environment: strictObject({
    system: string2().max(200),
    architecture: string2().max(50),
    processors: number2().int().positive(),
    memoryMb: number2().nonnegative(),
    /** The runner's own image, where it names one. */
    runnerImage: string2().max(200).optional()
  }),
  /** Tracked files that preparing the base (set-up, installing) had changed before anything ran; the first hundred. */
  modifiedPaths: array(string2()).max(100).optional(),
  /** Paths the candidate changes, as found by the Action in git, not as told. */
  changedPaths: array(string2()).max(1e3),
  /** Those of them that were told to be tests. */
  testPaths: array(string2()).max(1e3),
  /** Git's ids of the two trees, once they were fetched. */
  trees: strictObject({ base: Sha2, candidate: Sha2 }).optional(),
  startedAt: iso_exports.datetime(),
  finishedAt: iso_exports.datetime(),
  runs: array(SandboxRun).max(20),
  /** Set when the runs could not be carried out: what was wrong and what to do. */
  error: string2().max(2e3).optional()
});

// action/src/report.ts
var ReportDraft = class {
  #settings;
  #environment;
  #startedAt = /* @__PURE__ */ new Date();
  #runs = [];
  engine = "undecided";
  modifiedPaths = [];
  changedPaths = [];
  trees;
  error;
  constructor(settings, environment = {}) {
    this.#settings = settings;
    this.#environment = environment;
  }
  add(run6) {
    this.#runs.push(run6);
  }
  /** Goes through the schema, so that what is written is what the App can read. */
  finish() {
    const { incident, attempt, trigger, base, candidate, command, testCommand, repeat, limits, tests } = this.#settings;
    return SandboxReport.parse({
      version: 2,
      ...{ incident, attempt, trigger, base, candidate, command, repeat },
      ...testCommand === void 0 ? {} : { testCommand },
      engine: this.engine,
      limits: { ...limits, network: this.engine === "none" ? "unrestricted" : "none" },
      environment: machine(this.#environment),
      modifiedPaths: this.modifiedPaths.slice(0, 100),
      changedPaths: this.changedPaths,
      testPaths: this.changedPaths.filter((path) => tests.includes(path)),
      ...this.trees === void 0 ? {} : { trees: { base: this.trees.base, candidate: this.trees.candidate } },
      startedAt: this.#startedAt.toISOString(),
      finishedAt: (/* @__PURE__ */ new Date()).toISOString(),
      runs: this.#runs,
      ...this.error === void 0 ? {} : { error: this.error.slice(0, 2e3) }
    });
  }
};
function machine({ ImageOS: os4, ImageVersion: version2 }) {
  const image = [os4, version2].filter(Boolean).join(" ").slice(0, 200);
  return {
    system: `${type()} ${release()}`.slice(0, 200),
    architecture: arch(),
    processors: availableParallelism(),
    memoryMb: Math.floor(totalmem() / 1024 / 1024),
    ...image === "" ? {} : { runnerImage: image }
  };
}
async function writeReport(path, report) {
  await writeFile2(path, `${JSON.stringify(report, null, 2)}
`, { flag: "wx" });
}

// action/src/show-output.ts
import { randomUUID as randomUUID2 } from "node:crypto";
function shownOutput(title, text) {
  const token = `self-heal-${randomUUID2()}`;
  return [`::group::${title}`, `::stop-commands::${token}`, text, `::${token}::`, "::endgroup::", ""].join("\n");
}

// action/src/summary.ts
var WHAT = {
  base: "the commit that fails, as it is",
  "test-only": "with the candidate's tests, without its fix",
  candidate: "with everything the candidate changes"
};
var TAIL_LINES = 30;
var TAIL_CHARACTERS = 3e3;
function summaryOf(report) {
  const { limits, testCommand } = report;
  const bounds = `${limits.timeoutSeconds} s, ${limits.memoryMb} MB, ${limits.processes} processes a command`;
  const sandbox = report.engine === "none" ? "**no sandbox**" : `sandbox: ${report.engine}, network: ${limits.network}`;
  const commands = [report.command, ...testCommand === void 0 ? [] : [testCommand]].map(code).join(", then ");
  return [
    `## Self-Heal ${code(report.incident)}, attempt ${report.attempt}`,
    "",
    `${commands} on candidate ${code(report.candidate.slice(0, 12))} over base ${code(report.base.slice(0, 12))} (${sandbox}; ${bounds})`,
    "",
    "| Run | What | Exit | Seconds | Result | Tree |",
    "| --- | --- | ---: | ---: | --- | --- |",
    ...report.runs.flatMap(rows),
    "",
    ...report.runs.flatMap(tails),
    ...report.error === void 0 ? [] : [`**Not carried out:** ${code(report.error)}`, ""],
    `${machine2(report)}, from ${report.startedAt} to ${report.finishedAt}.`,
    "",
    "This step runs and reports. Whether the candidate is proven is judged by the Self-Heal App from the report.",
    ""
  ].join("\n");
}
function rows(run6) {
  const name = nameOf(run6);
  const tree = run6.tree === void 0 ? "–" : code(run6.tree.slice(0, 12));
  const all = run6.testCommand ? [row(`${name}, all tests`, WHAT[run6.name], run6.testCommand, tree)] : [];
  return [row(name, WHAT[run6.name], run6, tree), ...all];
}
function row(name, what, end, tree) {
  return `| ${name} | ${what} | ${end.exitCode ?? "–"} | ${seconds(end)} | ${resultOf(end)} | ${tree} |`;
}
var seconds = ({ durationMs }) => (durationMs / 1e3).toFixed(1);
var nameOf = ({ name, round: round2 }) => round2 === 1 ? name : `${name}, round ${round2}`;
function resultOf(end) {
  if (end.ended === "completed") return end.exitCode === 0 ? "green" : "red";
  return end.reason === void 0 ? end.ended : `${end.ended}: ${code(end.reason)}`;
}
function tails(run6) {
  return [run6, ...run6.testCommand ? [run6.testCommand] : []].flatMap((end, index) => {
    const isGreen = end.ended === "completed" && end.exitCode === 0;
    const tail = end.output.trimEnd().split("\n").slice(-TAIL_LINES).join("\n").slice(-TAIL_CHARACTERS);
    if (isGreen || tail === "") return [];
    const title = `The end of what ${nameOf(run6)}${index > 0 ? ", all tests," : ""} printed`;
    return [`<details><summary>${title}</summary><pre>${escaped(tail)}</pre></details>`, ""];
  });
}
function machine2({ environment: { system, architecture, processors, memoryMb, runnerImage } }) {
  const image = runnerImage === void 0 ? "" : `, image ${code(runnerImage)}`;
  return `${code(`${system} ${architecture}`)}, ${processors} processors, ${memoryMb} MB${image}`;
}
function code(text) {
  return `<code>${escaped(text.replace(/[\s\0-\x1f]+/g, " "))}</code>`;
}
function escaped(text) {
  return text.replace(/[&<>"'`|*_[\]\\@#:\n\r]/g, (found) => `&#${found.charCodeAt(0)};`);
}

// action/src/validate.ts
import { mkdir as mkdir7, mkdtemp as mkdtemp4 } from "node:fs/promises";
import { join as join14 } from "node:path";

// action/src/choose-engine.ts
import { mkdtemp as mkdtemp3, rm as rm3 } from "node:fs/promises";
import { join as join10 } from "node:path";

// action/src/engines/bubblewrap.ts
import { execFile as execFile5 } from "node:child_process";
import { existsSync as existsSync2 } from "node:fs";
import { promisify as promisify3 } from "node:util";

// action/src/disk-use.ts
import { execFile } from "node:child_process";
import { statfs } from "node:fs/promises";
var MB = 1024 * 1024;
var RESERVE_MB = 1024;
var RESERVE_FILES = 1e4;
async function watchDisk(folders, limitMb) {
  const [first = "/"] = folders;
  const before = await measured(folders);
  const freeBefore = await freeSpace(first);
  let found;
  let looking = false;
  let measuredAt = performance.now();
  let tookMs = before.tookMs;
  let freeThen = freeBefore.bytes;
  const look = async () => {
    const free = await freeSpace(first);
    found = nearlyFull(freeBefore, free);
    const due = performance.now() - measuredAt > tookMs * 10;
    if (found !== void 0 || !due && freeThen - free.bytes < limitMb * MB / 10) return;
    const now = await measured(folders);
    [measuredAt, tookMs, freeThen] = [performance.now(), now.tookMs, free.bytes];
    found = tooMuch(now.bytes - before.bytes, limitMb);
  };
  return {
    fault: () => {
      if (found === void 0 && !looking) {
        looking = true;
        look().catch((error3) => {
          found = `ended because what it writes could not be measured: ${String(error3).slice(0, 300)}`;
        }).finally(() => {
          looking = false;
        });
      }
      return found;
    }
  };
}
function tooMuch(writtenBytes, limitMb) {
  if (writtenBytes <= limitMb * MB) return void 0;
  return `ended because it wrote ${Math.round(writtenBytes / MB)} MB to the disk, above the limit of ${limitMb} MB`;
}
function nearlyFull(before, now) {
  const reserve = Math.min(RESERVE_MB * MB, before.bytes / 2);
  if (now.bytes < reserve) {
    return `ended because the disk of this machine is nearly full: ${Math.round(now.bytes / MB)} MB are left`;
  }
  if (before.files > 0 && now.files < Math.min(RESERVE_FILES, before.files / 2)) {
    return `ended because the disk of this machine has room for ${now.files} more files only`;
  }
  return void 0;
}
async function freeSpace(folder) {
  const { bavail, bsize, ffree } = await statfs(folder);
  return { bytes: bavail * bsize, files: ffree };
}
function measured(folders) {
  const began = performance.now();
  const options = { timeout: 6e5, maxBuffer: MB, env: { PATH: process.env.PATH ?? "", LC_ALL: "C" } };
  return new Promise((fulfil, reject) => {
    execFile("du", ["-s", "-c", "-x", "--block-size=1", "--", ...folders], options, (error3, stdout) => {
      const total = /^(\d+)\ttotal$/m.exec(stdout)?.[1];
      if (total === void 0) return reject(error3 ?? new Error("`du` printed no total"));
      fulfil({ bytes: Number(total), tookMs: performance.now() - began });
    });
  });
}

// action/src/layout.ts
import { dirname as dirname2 } from "node:path";

// action/src/host.ts
import { lstat as lstat2, readlink, realpath as realpath2 } from "node:fs/promises";
import { basename as basename2, dirname, join as join3, relative as relative2 } from "node:path";

// action/src/home-folders.ts
import { lstat, realpath } from "node:fs/promises";
import { basename, join as join2, relative } from "node:path";
var DEPENDENCIES = `
  .cargo/bin .cargo/registry .cargo/git .rustup/toolchains .rustup/settings.toml go/bin go/pkg/mod
  .m2/repository .m2/wrapper .gradle/wrapper .sdkman/candidates .ivy2/cache .ivy2/local .cache/coursier .konan
  .local/bin .local/lib .local/share/virtualenvs .local/share/uv/python .local/share/uv/tools .local/share/pipx/venvs
  .cache/pypoetry/virtualenvs .pyenv/versions .conda/pkgs
  .cache/ms-playwright .cache/Cypress .cache/puppeteer .cache/deno .bun/bin .bun/install .deno/bin
  .local/share/pnpm .yarn/berry/cache .config/yarn/global .nvm/versions .volta/tools .local/share/fnm
  .nuget/packages .dotnet .gem/ruby .local/share/gem .rbenv/versions .config/composer/vendor .composer/vendor
  .hex/packages .mix/archives .mix/elixir .cache/rebar3 .pub-cache/hosted .pub-cache/git .julia .opam .ghcup
  .cabal/packages .cabal/store .stack/programs .stack/snapshots .elan`.trim().split(/\s+/);
var CREDENTIALS = `
  .ssh .gnupg .aws .azure .kube .docker .oci .config/gcloud .config/gh .config/hub .config/glab-cli .config/op
  .config/rclone .config/sops .config/containers .config/helm .config/doctl .local/share/keyrings .local/share/kwalletd
  .local/share/containers .local/share/uv/credentials .password-store .terraform.d .pulumi .fly .vercel .netlify
  .netrc .npmrc .pypirc .yarnrc .yarnrc.yml .git-credentials .gitconfig .config/git .vault-token .terraformrc .pgpass .my.cnf
  .boto .s3cfg .pip .config/pip .config/pypoetry .cargo/credentials .cargo/credentials.toml .cargo/config.toml .cargo/config
  .m2/settings.xml .m2/settings-security.xml .gradle/gradle.properties .gradle/init.d .sbt/.credentials .sbt/1.0
  .ivy2/.credentials .config/coursier .bundle/config .gem/credentials .local/share/gem/credentials .nuget/NuGet
  .config/NuGet .composer/auth.json .config/composer/auth.json .hex/hex.config .pub-cache/credentials.json
  .config/dart .julia/config .julia/servers .condarc .conda/aau_token .bash_history .zsh_history`.trim().split(/\s+/);
var BY_NAME = `credentials credentials.toml credentials.json .credentials .npmrc .netrc .pypirc .git-credentials
  auth.json auth.toml hex.config gradle.properties settings-security.xml NuGet.Config id_rsa id_ed25519 id_ecdsa`.trim().split(/\s+/);
function dependencyFolders(home) {
  return DEPENDENCIES.map((path) => join2(home, path));
}
function credentialAround(home, folder) {
  return CREDENTIALS.map((path) => join2(home, path)).find((path) => isIn(path, folder));
}
function refuseCredentials(home, named) {
  for (const folder of named) {
    const secret = credentialAround(home, folder);
    if (secret === void 0) continue;
    throw new ActionError(
      `${folder} is never shown to tests: credentials are kept in ${secret}. Take it out of \`read-only-paths\` and \`writable-paths\`, and let an earlier step copy what the tests need into the checkout.`
    );
  }
}
async function findCredentials(home, shown) {
  const known = CREDENTIALS.map((path) => join2(home, path));
  const candidates = shown.flatMap((folder) => [
    ...known.filter((path) => isIn(folder, path)),
    ...BY_NAME.map((name) => join2(folder, name)),
    // The same settings under another name, for a Maven folder that is not ~/.m2.
    .../m2/.test(basename(folder)) ? [join2(folder, "settings.xml")] : []
  ]);
  const found = await Promise.all([...new Set(candidates)].map((path) => behindLinks(path, shown)));
  const all = new Map(found.flat().map((entry2) => [entry2.path, entry2]));
  const pathsOf = (folder) => [...all.values()].filter((entry2) => entry2.folder === folder).map((e) => e.path);
  return { files: pathsOf(false), folders: pathsOf(true) };
}
async function behindLinks(path, shown) {
  const real = await realpath(path).catch(() => void 0);
  if (real === void 0) return [];
  const shownAt = await Promise.all(shown.map((folder2) => realpath(folder2).catch(() => folder2)));
  const named = shown.flatMap((folder2, at) => {
    const realFolder = shownAt[at];
    return realFolder !== void 0 && isIn(realFolder, real) ? [join2(folder2, relative(realFolder, real))] : [];
  });
  const folder = (await lstat(real)).isDirectory();
  return named.map((at) => ({ path: at, folder }));
}
function isIn(outer, inner) {
  return inner === outer || inner.startsWith(`${outer}/`);
}

// action/src/host.ts
var SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store"];
var SETTINGS = `alternatives ca-certificates crypto-policies debian_version dotnet fonts group gai.conf host.conf
  java java-8-openjdk java-11-openjdk java-17-openjdk java-21-openjdk java-25-openjdk ld.so.cache ld.so.conf ld.so.conf.d
  localtime lsb-release magic maven mime.types nsswitch.conf os-release passwd perl php pki protocols python3
  services skel ssl/certs ssl/openssl.cnf terminfo timezone`.split(/\s+/);
var NOBODY = { uid: 65534, gid: 65534 };
async function readHost(ask) {
  const system = await Promise.all(SYSTEM.map(readSystemFolder));
  const settings = await keepExisting(SETTINGS.map((name) => join3("/etc", name)));
  const { home, named = [] } = ask;
  refuseCredentials(home, named);
  const known = [.../* @__PURE__ */ new Set([...toolFolders(ask), ...dependencyFolders(home)])];
  const tools = await keepExisting(known.filter((path) => credentialAround(home, path) === void 0));
  const { files, folders } = await findCredentials(home, [...tools, ...named]);
  const [uid, gid] = [process.getuid?.() ?? NOBODY.uid, process.getgid?.() ?? NOBODY.gid];
  return {
    home: homeInside(ask.home),
    user: uid === 0 ? NOBODY : { uid, gid },
    system: system.filter((folder) => folder !== void 0),
    settings,
    tools,
    credentials: files,
    credentialFolders: folders
  };
}
function homeInside(home) {
  const unusable = ["", "/", "/tmp", "/var/tmp"].includes(home) || /^\/(var\/)?tmp\//.test(home);
  return unusable ? "/home/sandbox" : home;
}
function toolFolders({ path, home, directory, keepOut }) {
  const hidden = ["/", home, directory, ...keepOut];
  const neverWhole = /^\/(root|home\/[^/]+)(\/\.(local|config|cache))?$/;
  const uncovers = (folder) => neverWhole.test(folder) || folder === join3(home, ".local") || hidden.some((place2) => contains(folder, place2));
  const inside = (folder) => [...SYSTEM, directory].some((place2) => contains(place2, folder));
  const folders = path.split(":").flatMap((entry2) => {
    if (!entry2.startsWith("/") || inside(entry2)) return [];
    const around = dirname(entry2);
    const isBin = /^(s?bin|shims|\.bin)$/.test(basename2(entry2));
    const widest = isBin && dirname(around) !== "/" ? around : entry2;
    return [widest, entry2].filter((folder) => !uncovers(folder)).slice(0, 1);
  });
  return [...new Set(folders)];
}
function contains(outer, inner) {
  const way = relative2(outer, inner);
  return way === "" || way !== ".." && !way.startsWith("../");
}
async function readSystemFolder(path) {
  const found = await lstat2(path).catch(absent);
  if (found === void 0) return void 0;
  return found.isSymbolicLink() ? { path, linkTo: await readlink(path) } : { path };
}
async function keepExisting(paths) {
  const real = await Promise.all(paths.map((path) => realpath2(path).catch(absent)));
  return paths.filter((_, index) => real[index] !== void 0);
}
function absent(error3) {
  if (error3.code === "ENOENT" || error3.code === "ENOTDIR" || error3.code === "EACCES") return void 0;
  throw error3;
}

// action/src/layout.ts
function planMounts(ask) {
  const { host, home, directory, scratchMb: sizeMb } = ask;
  const mounts = [];
  const outside = (paths) => paths.filter((path) => !contains(directory, path));
  const readOnly = (paths) => mounts.push(...paths.map((path) => ({ kind: "read-only", path })));
  const writable = outside(ask.writablePaths ?? []);
  for (const path of ["/tmp", "/var/tmp", home]) mounts.push({ kind: "scratch", path, sizeMb });
  if (!ask.ownImage) {
    for (const { path, linkTo } of host.system) {
      mounts.push(linkTo === void 0 ? { kind: "read-only", path } : { kind: "link", path, target: linkTo });
    }
    readOnly(host.settings);
    readOnly(host.tools.filter((tool) => !writable.some((path) => contains(path, tool))));
  }
  readOnly(outside(ask.readOnlyPaths));
  for (const path of writable) mounts.push({ kind: "writable", path });
  mounts.push(...hiddenMounts(ask));
  mounts.push({ kind: "work", path: directory, source: ask.workTree });
  return sorted(mounts);
}
function hiddenMounts({ host, ownImage, readOnlyPaths, writablePaths = [] }) {
  const named = [...readOnlyPaths, ...writablePaths];
  const shown = (path) => !ownImage || named.some((folder) => contains(folder, path));
  return [
    ...host.credentials.filter(shown).map((path) => ({ kind: "hidden", path })),
    ...host.credentialFolders.filter(shown).map((path) => ({ kind: "hidden-folder", path }))
  ];
}
function foldersAround(path, before) {
  const around = before.findLast((mount) => contains(mount.path, path));
  const missing = [];
  if (around !== void 0 && around.kind !== "scratch") return { missing, inScratch: false };
  const top = around?.path ?? "/";
  for (let at = dirname2(path); at !== top; at = dirname2(at)) missing.unshift(at);
  return { missing, inScratch: around !== void 0 };
}
function sorted(mounts) {
  const byPath = new Map(mounts.map((mount) => [mount.path, mount]));
  const all = [...byPath.values()].sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));
  return all.filter((mount) => mount.kind !== "read-only" || innermostAround(mount, all)?.kind !== "read-only");
}
function innermostAround(mount, all) {
  return all.findLast((other) => other !== mount && contains(other.path, mount.path));
}
function depth(path) {
  return path === "/" ? 0 : path.split("/").length - 1;
}

// action/src/limits.ts
import { availableParallelism as availableParallelism2 } from "node:os";
var DEFAULT_DISK_MB = 4096;
function diskMbOf({ diskMb = DEFAULT_DISK_MB }) {
  return diskMb;
}
function cpusOf({ cpus = 0 }, present = availableParallelism2()) {
  return cpus > 0 && cpus < present ? cpus : void 0;
}
function scratchMb(limits) {
  return Math.max(16, Math.ceil(limits.memoryMb / 4));
}
var STARTED = "self-heal: sandbox is up";
function entry(command, directory, limits, extraLimits = []) {
  const cpuSeconds = Math.ceil(limits.timeoutSeconds * (cpusOf(limits) ?? availableParallelism2()));
  const lowered = ["-c 0", `-t ${cpuSeconds}`, `-f ${diskMbOf(limits) * 1024}`, ...extraLimits];
  const script = [
    "set -e",
    ...lowered.map((limit) => `ulimit ${limit}`),
    'cd -- "$1"',
    "shift",
    `echo '${STARTED}' >&2`,
    "set +e",
    '"$@" 2>&1',
    "exit $?"
  ].join("\n");
  const shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command];
  return ["bash", "--noprofile", "--norc", "-c", script, "self-heal", directory, ...shell];
}

// action/src/memory-use.ts
import { readFileSync as readFileSync2 } from "node:fs";

// action/src/process-tree.ts
import { readdirSync, readFileSync } from "node:fs";
function memoryOfTree(root) {
  const processes = /* @__PURE__ */ new Map();
  for (const name of readdirSync("/proc")) {
    const process2 = /^\d+$/.test(name) ? readProcess(name) : void 0;
    if (process2 !== void 0) processes.set(Number(name), process2);
  }
  let [own2, shared] = [0, 0];
  for (const [id, process2] of processes) {
    if (!descends(id, root, processes)) continue;
    own2 += process2.own;
    shared += process2.shared;
  }
  return { own: own2, shared };
}
function descends(id, root, processes) {
  let at = id;
  for (let steps = 0; at !== void 0 && steps < 1e4; steps += 1) {
    if (at === root) return true;
    at = processes.get(at)?.parent;
  }
  return false;
}
function readProcess(id) {
  let status;
  try {
    status = readFileSync(`/proc/${id}/status`, "utf8");
  } catch {
    return void 0;
  }
  const field = (name) => Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { parent: field("PPid"), own: field("RssAnon") * 1024, shared: field("RssShmem") * 1024 };
}

// action/src/memory-use.ts
var MB2 = 1024 * 1024;
var FOLDERS_IN_MEMORY = 4;
function watchMemory(limits) {
  const before = sharedBytes();
  return (processId) => {
    const { own: own2, shared } = memoryOfTree(processId);
    const unmapped = sharedBytes() - before - FOLDERS_IN_MEMORY * scratchMb(limits) * MB2;
    const used = own2 + Math.max(shared, unmapped);
    if (used <= limits.memoryMb * MB2) return void 0;
    return `ended because it held ${Math.round(used / MB2)} MB of memory, above the limit of ${limits.memoryMb} MB`;
  };
}
function sharedBytes() {
  return Number(/^Shmem:\s*(\d+) kB$/m.exec(readFileSync2("/proc/meminfo", "utf8"))?.[1] ?? 0) * 1024;
}

// action/src/run-bounded.ts
import { spawn } from "node:child_process";
import { Socket } from "node:net";

// action/src/bounded-output.ts
import { stripVTControlCharacters } from "node:util";
var BoundedOutput = class {
  #half;
  #head = [];
  #headBytes = 0;
  #tail = [];
  #tailBytes = 0;
  #totalBytes = 0;
  constructor(limitBytes) {
    this.#half = Math.floor(limitBytes / 2);
  }
  write(chunk) {
    this.#totalBytes += chunk.length;
    const room = this.#half - this.#headBytes;
    const first = chunk.subarray(0, Math.max(0, room));
    if (first.length > 0) {
      this.#head.push(first);
      this.#headBytes += first.length;
    }
    if (chunk.length > first.length) this.#writeTail(chunk.subarray(first.length));
  }
  get truncated() {
    return this.#totalBytes > this.#half * 2;
  }
  text() {
    const tail = Buffer.concat(this.#tail);
    const kept = tail.subarray(Math.max(0, tail.length - this.#half));
    const left = this.#totalBytes - this.#headBytes - kept.length;
    const gap = left > 0 ? [Buffer.from(`
[… ${left} bytes left out …]
`)] : [];
    return clean(Buffer.concat([...this.#head, ...gap, kept]).toString("utf8"));
  }
  #writeTail(chunk) {
    this.#tail.push(chunk);
    this.#tailBytes += chunk.length;
    if (this.#tailBytes <= this.#half * 2 && this.#tail.length < 1e3) return;
    const joined = Buffer.concat(this.#tail);
    const kept = Buffer.from(joined.subarray(Math.max(0, joined.length - this.#half)));
    this.#tail = [kept];
    this.#tailBytes = kept.length;
  }
};
function clean(text) {
  return stripVTControlCharacters(text).replace(/\r+\n/g, "\n").replace(/\r/g, "\n").replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, "");
}

// action/src/run-bounded.ts
async function runBounded(program) {
  const startedAt = performance.now();
  const child = spawn(program.file, program.args, {
    env: program.env,
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe", "pipe", ...program.handedOver === void 0 ? [] : ["pipe"]],
    detached: true
  });
  if (program.handedOver !== void 0) handOver(child.stdio[4], program.handedOver);
  const output = collect(child.stdout, program.outputBytes);
  const errors = collect(child.stderr, 64 * 1024);
  const status = collect(child.stdio[3], 64 * 1024);
  const ended = waitForEnd(child);
  const bounds = holdToBounds(child, program);
  try {
    const exitCode = await ended;
    return {
      exitCode,
      stopped: bounds.stopped(),
      output: output.text(),
      outputTruncated: output.truncated,
      errors: errors.text(),
      status: status.text(),
      durationMs: Math.round(performance.now() - startedAt)
    };
  } finally {
    await bounds.release();
  }
}
function collect(stream, limitBytes) {
  const output = new BoundedOutput(limitBytes);
  if (isReadable(stream)) stream.on("data", (chunk) => output.write(chunk));
  return output;
}
function handOver(stream, bytes) {
  if (!(stream instanceof Socket)) return;
  stream.on("error", () => void 0);
  stream.end(bytes);
}
function isReadable(stream) {
  return typeof stream === "object" && stream !== null && "read" in stream;
}
function waitForEnd(child) {
  return new Promise((fulfil, reject) => {
    child.once("error", reject);
    child.once("exit", (code2) => {
      const giveUp = setTimeout(() => fulfil(code2), 2e3);
      child.once("close", () => {
        clearTimeout(giveUp);
        fulfil(code2);
      });
      killGroup(child);
    });
  });
}
function holdToBounds(child, program) {
  let stopped;
  let stopping;
  const end = (because) => {
    if (stopped !== void 0) return;
    stopped = because;
    if (program.stop === void 0) return killGroup(child);
    stopping = program.stop();
    stopping.then(
      () => setTimeout(() => killGroup(child), 5e3).unref(),
      () => killGroup(child)
    );
  };
  const seconds2 = program.timeoutMs / 1e3;
  const cancel = () => end({ kind: "killed", reason: "the job was cancelled" });
  const timer = setTimeout(
    () => end({ kind: "timed-out", reason: `ended after the time limit of ${seconds2} s` }),
    program.timeoutMs
  );
  const watcher = setInterval(() => {
    const reason = child.pid === void 0 ? void 0 : program.watch?.(child.pid);
    if (reason !== void 0) end({ kind: "killed", reason });
  }, 250);
  if (program.cancelled.aborted) cancel();
  program.cancelled.addEventListener("abort", cancel);
  return {
    stopped: () => stopped,
    release: async () => {
      clearTimeout(timer);
      clearInterval(watcher);
      program.cancelled.removeEventListener("abort", cancel);
      await stopping;
    }
  };
}
function killGroup(child) {
  if (child.pid === void 0) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error3) {
    const code2 = typeof error3 === "object" && error3 !== null && "code" in error3 ? error3.code : void 0;
    if (code2 !== "ESRCH" && code2 !== "EPERM") throw error3;
  }
}

// action/src/engines/engine.ts
function sandboxEnd(end, exitCode, killedBecause) {
  const { output, outputTruncated, durationMs } = end;
  const rest = { output, outputTruncated, durationMs };
  if (end.stopped !== void 0) {
    return { exitCode: null, ended: end.stopped.kind, reason: end.stopped.reason, ...rest };
  }
  if (killedBecause !== void 0) return { exitCode: null, ended: "killed", reason: killedBecause, ...rest };
  if (exitCode === void 0 || !end.errors.includes(STARTED)) {
    const said = end.errors.replace(STARTED, "").trim() || `it ended with ${end.exitCode} and said nothing`;
    return {
      exitCode: null,
      ended: "not-started",
      reason: `the sandbox did not start: ${said}`.slice(0, 480),
      ...rest
    };
  }
  return { exitCode, ended: "completed", ...rest };
}

// action/src/engines/overlays.ts
import { join as join6 } from "node:path";

// action/src/engines/writable-folders.ts
import { execFile as execFile4 } from "node:child_process";
import { mkdir as mkdir2, mkdtemp, stat } from "node:fs/promises";
import { join as join5 } from "node:path";
import { promisify as promisify2 } from "node:util";

// action/src/work-trees.ts
import { execFile as execFile3 } from "node:child_process";
import { access as access2, mkdir, readdir, realpath as realpath3, rm } from "node:fs/promises";
import { join as join4 } from "node:path";
import { promisify } from "node:util";

// action/src/git.ts
import { execFile as execFile2 } from "node:child_process";

// action/src/environment.ts
var TOOLS = [
  "BUNDLE_APP_CONFIG",
  "BUNDLE_PATH",
  "CARGO_HOME",
  "COMPOSER_HOME",
  "CONDA_PREFIX",
  "DOTNET_ROOT",
  "GEM_HOME",
  "GEM_PATH",
  "GOMODCACHE",
  "GOPATH",
  "GOROOT",
  "GOTOOLCHAIN",
  "GRADLE_USER_HOME",
  "JAVA_HOME",
  "LD_LIBRARY_PATH",
  "NODE_PATH",
  "NVM_DIR",
  "PNPM_HOME",
  "PYENV_ROOT",
  "PYENV_VERSION",
  "PYTHONPATH",
  "RBENV_ROOT",
  "RUSTUP_HOME",
  "RUSTUP_TOOLCHAIN",
  "TZ",
  "VIRTUAL_ENV"
];
var FIXED = { CI: "true", LANG: "C.UTF-8", NO_COLOR: "1", TERM: "dumb", TMPDIR: "/tmp" };
function pick2(from, names) {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = from[name];
      return value === void 0 ? [] : [[name, value]];
    })
  );
}
function sandboxEnvironment(runner2, ask) {
  const inherited = ask.ownImage ? [] : ["PATH", ...TOOLS];
  return { ...pick2(runner2, [...inherited, ...ask.extra]), ...FIXED, HOME: ask.home };
}
function engineEnvironment(runner2) {
  const names = Object.keys(runner2).filter((name) => /^(DOCKER|CONTAINER|CONTAINERS|XDG|DBUS)_/.test(name));
  return pick2(runner2, ["PATH", "HOME", "USER", "TMPDIR", "LANG", ...names]);
}
function gitEnvironment(runner2) {
  const proxies = ["http_proxy", "https_proxy", "no_proxy", "all_proxy"];
  const names = ["PATH", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO"];
  return {
    ...pick2(runner2, [...names, ...proxies, ...proxies.map((name) => name.toUpperCase())]),
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_TERMINAL_PROMPT: "0",
    GIT_ALLOW_PROTOCOL: "https:http",
    GIT_LFS_SKIP_SMUDGE: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_OPTIONAL_LOCKS: "0"
  };
}

// action/src/git.ts
var SAFE = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["core.attributesFile", "/dev/null"],
  ["credential.helper", ""],
  ["safe.directory", "*"],
  ["transfer.fsckObjects", "true"],
  ["fetch.recurseSubmodules", "false"],
  ["gc.auto", "0"],
  ["maintenance.auto", "false"]
];
function git(directory, args, call = {}) {
  const config2 = [...SAFE, ...call.config ?? []];
  const env = gitEnvironment(process.env);
  env.GIT_CONFIG_COUNT = String(config2.length);
  for (const [index, [key, value]] of config2.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  const options = {
    cwd: directory,
    env,
    encoding: "buffer",
    maxBuffer: call.maxBytes ?? 32 * 1024 * 1024,
    timeout: call.timeoutMs ?? 6e4,
    killSignal: "SIGKILL"
  };
  return new Promise((fulfil, reject) => {
    execFile2("git", args, options, (error3, stdout, stderr) => {
      if (error3 === null) return fulfil(stdout);
      const said = stderr.toString("utf8").trim().slice(-800) || error3.message;
      reject(new Error(`git ${args[0] ?? ""}: ${said}`, { cause: error3.code }));
    });
  });
}

// action/src/work-trees.ts
var run = promisify(execFile3);
var TEN_MINUTES_MS = 6e5;
async function checkPrepared(directory, base) {
  const head = await git(directory, ["rev-parse", "HEAD"]).catch((cause) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new ActionError(
      `\`directory\` ${directory} is not a git checkout (${said}). Put an actions/checkout step with the base as its \`ref\` before this step.`,
      { cause }
    );
  });
  const found = head.toString("utf8").trim();
  if (found !== base) {
    throw new ActionError(
      `\`directory\` ${directory} is at ${found}, but \`base\` is ${base}. Let actions/checkout have the base as its \`ref\`.`
    );
  }
  const status = await git(directory, ["status", "--porcelain=v1", "-z", "--untracked-files=no", "--no-renames"]);
  const lines = status.toString("utf8").split("\0");
  return lines.filter((line) => line !== "").map((line) => line.slice(3));
}
async function copyPrepared(directory, copy, user) {
  await mkdir(copy, { recursive: true });
  const entries = (await readdir(directory)).filter((name) => name !== ".git");
  if (entries.length > 0) {
    const sources = entries.map((name) => join4(directory, name));
    await run("cp", ["-a", "--reflink=auto", "-t", copy, "--", ...sources], { timeout: TEN_MINUTES_MS });
  }
  await giveTo(copy, user);
}
async function copyFolder(from, to) {
  await mkdir(to, { recursive: true });
  if (!await isThere(from)) return;
  await run("cp", ["-a", "--reflink=auto", "-T", "--", await realpath3(from), to], { timeout: TEN_MINUTES_MS });
}
async function giveTo(folder, user) {
  if (process.getuid?.() !== 0) return;
  await run("chown", ["-R", "-h", `${user.uid}:${user.gid}`, "--", folder], { timeout: TEN_MINUTES_MS });
}
async function removeTree(folder) {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch {
    await run("chmod", ["-R", "u+rwX", "--", folder], { timeout: TEN_MINUTES_MS });
    await rm(folder, { recursive: true, force: true });
  }
}
function isThere(path) {
  return access2(path).then(
    () => true,
    () => false
  );
}

// action/src/engines/writable-folders.ts
var run2 = promisify2(execFile4);
var A_MINUTE_MS = 6e4;
async function withWritableFolders(request, placing, run6) {
  if (!request.mounts.some(({ kind }) => kind === "writable")) {
    return run6({ ...request, mounts: request.mounts.filter(isPlaced), written: [request.workTree] });
  }
  const end = await runPlaced(request, placing, run6);
  if (end.ended !== "not-started" || !placing.overlays || placing.asRoot) return end;
  placing.overlays = false;
  return runPlaced(request, placing, run6);
}
async function runPlaced(request, placing, run6) {
  const folder = await mkdtemp(join5(placing.folder, "writable-"));
  const mounted = [];
  try {
    const mounts = [];
    for (const [index, mount] of request.mounts.entries()) {
      mounts.push(isPlaced(mount) ? mount : await place(mount.path, join5(folder, String(index)), placing, mounted));
    }
    return await run6({ ...request, mounts, written: [request.workTree, folder] });
  } finally {
    for (const path of mounted) await unmount(path);
    await removeTree(folder).catch(() => void 0);
  }
}
async function place(path, at, placing, mounted) {
  const [upper, work, merged2] = [join5(at, "upper"), join5(at, "work"), join5(at, "merged")];
  for (const folder of [upper, work, merged2]) await mkdir2(folder, { recursive: true });
  const found = await stat(path).catch(() => void 0);
  if (found !== void 0 && !found.isDirectory())
    throw new ActionError(`\`writable-paths\` names ${path}, which is not a folder.`);
  const isFolder = found !== void 0;
  if (isFolder && placing.asRoot) {
    if (await overlayOfRoot(path, upper, work, merged2)) {
      mounted.push(merged2);
      await giveTo(merged2, placing.user);
      return { kind: "work", path, source: merged2 };
    }
  } else if (isFolder && placing.overlays) {
    return { kind: "overlay", path, upper, work };
  }
  await copyFolder(path, merged2);
  await giveTo(merged2, placing.user);
  return { kind: "work", path, source: merged2 };
}
async function overlayOfRoot(lower, upper, work, merged2) {
  const options = overlayOptions({ lower, upper, work }, "metacopy=on");
  return run2("mount", ["-t", "overlay", "overlay", "-o", options, "--", merged2], { timeout: A_MINUTE_MS }).then(
    () => true,
    () => false
  );
}
async function unmount(path) {
  await run2("umount", ["--lazy", "--", path], { timeout: A_MINUTE_MS });
}
function overlayOptions({ lower, upper, work }, ...more) {
  const path = (text) => text.replace(/[\\,:]/g, (sign) => `\\${sign}`);
  return [`lowerdir=${path(lower)}`, `upperdir=${path(upper)}`, `workdir=${path(work)}`, ...more].join(",");
}
function isPlaced(mount) {
  return mount.kind !== "writable";
}

// action/src/engines/overlays.ts
function overlaid(mounts) {
  const overlays = mounts.filter((mount) => mount.kind === "overlay");
  if (overlays.length === 0) return [];
  const script = [
    "set -e",
    'while [ "$1" != -- ]; do mount -t overlay overlay -o "$1" -- "$2"; shift 2; done',
    "shift",
    'exec "$@"'
  ].join("\n");
  const words = overlays.flatMap((mount) => {
    const options = overlayOptions({ lower: mount.path, upper: mount.upper, work: mount.work }, "userxattr");
    return [options, mergedOf(mount)];
  });
  const namespace = ["unshare", "--user", "--map-root-user", "--mount", "--"];
  return [...namespace, "bash", "--noprofile", "--norc", "-c", script, "self-heal", ...words, "--"];
}
function mergedOf({ upper }) {
  return join6(upper, "../merged");
}

// action/src/engines/processors.ts
import { readFileSync as readFileSync3 } from "node:fs";
function onProcessors(limits) {
  const allowed = processorsOf(readFileSync3("/proc/self/status", "utf8"));
  const wanted = cpusOf(limits, allowed.length);
  if (wanted === void 0) return [];
  return ["taskset", "--cpu-list", allowed.slice(-Math.ceil(wanted)).join(",")];
}
function processorsOf(status) {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "";
  return list.split(",").flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split("-").map(Number);
    return Number.isInteger(last - first) ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : [];
  });
}

// action/src/engines/stand-ins.ts
import { mkdir as mkdir3, writeFile as writeFile3 } from "node:fs/promises";
import { basename as basename3, join as join7 } from "node:path";
var TEXTS = {
  "settings.xml": "<settings/>\n",
  "settings-security.xml": "<settingsSecurity/>\n",
  "NuGet.Config": "<configuration/>\n",
  "auth.json": "{}\n",
  "credentials.json": "{}\n"
};
var EMPTY = "empty";
async function writeStandIns(folder) {
  const at = join7(folder, "stand-ins");
  await mkdir3(at, { recursive: true, mode: 493 });
  for (const [name, text] of [...Object.entries(TEXTS), [EMPTY, ""]]) {
    await writeFile3(join7(at, name), text, { mode: 420 });
  }
  const empty = join7(at, "folder");
  await mkdir3(empty, { recursive: true, mode: 493 });
  return { fileFor: (path) => join7(at, Object.hasOwn(TEXTS, basename3(path)) ? basename3(path) : EMPTY), folder: empty };
}

// action/src/engines/system-calls.ts
var REFUSED = {
  // The keyring of the runner's login is handed down to every process it starts, sandboxed or not.
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  // Namespaces and mounts: a way to powers inside of a namespace, and so to parts of the kernel that are seldom tested.
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  // What Docker's own profile refuses as well (docs.docker.com/engine/security/seccomp).
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  syslog: [103, 116],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225]
};
var REFUSED_NAMES = Object.keys(REFUSED);
var PROCESSORS = {
  x64: { column: 0, audit: 3221225534, clone: 56, clone3: 435, schedSetaffinity: 203 },
  arm64: { column: 1, audit: 3221225655, clone: 220, clone3: 435, schedSetaffinity: 122 }
};
var NEW_NAMESPACES = 128 | 131072 | 33554432 | 67108864 | 134217728 | 268435456 | 536870912 | 1073741824;
var X32 = 1073741824;
var ALLOW = 2147418112;
var REFUSE = 327680;
var EPERM = REFUSE | 1;
var ENOSYS = REFUSE | 38;
var LOAD = 32;
var IF_EQUAL = 21;
var IF_AT_LEAST = 53;
var IF_ANY_BIT = 69;
var RETURN = 6;
var NUMBER = 0;
var AUDIT = 4;
var FIRST_ARGUMENT = 16;
function systemCallFilter(architecture, keepProcessors) {
  const processor = PROCESSORS[architecture];
  if (processor === void 0) {
    throw new ActionError(`no filter of system calls is known for this machine's processor (${architecture})`);
  }
  const refused = Object.values(REFUSED).map((numbers) => numbers[processor.column]);
  if (keepProcessors) refused.push(processor.schedSetaffinity);
  const program = [
    // Programs for another processor (32 bits) number their calls otherwise: none is let through.
    load(AUDIT),
    [IF_EQUAL, 1, 0, processor.audit],
    answer(ENOSYS),
    load(NUMBER),
    ...refuseOn([IF_AT_LEAST, 0, 1, X32], ENOSYS),
    ...refuseOn([IF_EQUAL, 0, 1, processor.clone3], ENOSYS),
    ...refused.flatMap((number4) => refuseOn([IF_EQUAL, 0, 1, number4], EPERM)),
    [IF_EQUAL, 0, 3, processor.clone],
    load(FIRST_ARGUMENT),
    ...refuseOn([IF_ANY_BIT, 0, 1, NEW_NAMESPACES], EPERM),
    answer(ALLOW)
  ];
  return Buffer.concat(program.map(encode2));
}
function load(offset) {
  return [LOAD, 0, 0, offset];
}
function answer(value) {
  return [RETURN, 0, 0, value];
}
function refuseOn(test, value) {
  return [test, answer(value)];
}
function encode2([code2, whenTrue, whenFalse, value]) {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code2, 0);
  bytes.writeUInt8(whenTrue, 2);
  bytes.writeUInt8(whenFalse, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}

// action/src/engines/bubblewrap.ts
var run3 = promisify3(execFile5);
var MB3 = 1024 * 1024;
async function openBubblewrap({ host, image, folder }) {
  if (image !== void 0) throw new ActionError("bubblewrap has no images");
  await needs("bwrap", "bubblewrap");
  await needs("taskset", "util-linux");
  const machine3 = {
    user: host.user,
    asRoot: process.getuid?.() === 0,
    covered: COVERED.filter((path) => existsSync2(path)),
    standIns: await writeStandIns(folder)
  };
  const placing = { folder, user: host.user, asRoot: machine3.asRoot, overlays: true };
  return {
    name: "bubblewrap",
    run: (request) => withWritableFolders(request, placing, (placed) => runIn(placed, machine3)),
    close: async () => void 0
  };
}
var COVERED = ["keys", "key-users", "kcore", "timer_list", "sched_debug", "latency_stats"].map((it) => `/proc/${it}`);
async function needs(program, ofPackage) {
  await run3(program, ["--version"], { timeout: 1e4 }).catch((cause) => {
    throw new ActionError(`the program \`${program}\` (package ${ofPackage}) is not installed`, { cause });
  });
}
var ONLY_OURS = [
  ...["bash", "--noprofile", "--norc", "-c"],
  `for it in /proc/self/fd/*; do
     it=\${it##*/}; case $it in [0-4]) ;; *) eval "exec $it>&-" ;; esac
   done
   exec "$@"`,
  "self-heal"
];
async function runIn(request, machine3) {
  const { limits } = request;
  const bound = onProcessors(limits);
  const program = ["bwrap", ...bubblewrapArguments(request, machine3)];
  const [file = "bash", ...args] = [...ONLY_OURS, ...bound, ...overlaid(request.mounts), ...program];
  const disk = await watchDisk(request.written, diskMbOf(limits));
  const memory = watchMemory(limits);
  const end = await runBounded({
    ...{ file, args },
    // bwrap's own process is process 1 inside, so it has no other environment than the tests.
    env: request.environment,
    timeoutMs: limits.timeoutSeconds * 1e3,
    outputBytes: limits.outputKb * 1024,
    cancelled: request.cancelled,
    watch: (processId) => memory(processId) ?? disk.fault(),
    handedOver: systemCallFilter(process.arch, bound.length > 0)
  });
  return sandboxEnd(end, exitCodeOf(end));
}
var RESERVED_MB = 1024;
function memoryAndProcessLimits(limits) {
  return [`-d ${(limits.memoryMb + RESERVED_MB) * 1024}`, `-u ${limits.processes}`];
}
function bubblewrapArguments(request, machine3) {
  const { limits } = request;
  const { user, asRoot } = machine3;
  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"];
  const noPowers = ["--no-new-privs", "--inh-caps=-all", "--ambient-caps=-all", "--bounding-set=-all"];
  const namespaces = asRoot ? ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"] : ["--unshare-all", "--unshare-user", "--uid", String(user.uid), "--gid", String(user.gid), "--disable-userns"];
  const powers = asRoot ? ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"].flatMap((power) => ["--cap-add", power]) : [];
  return [
    ...namespaces,
    ...["--die-with-parent", "--new-session", "--hostname", "sandbox", "--cap-drop", "ALL", ...powers],
    ...["--proc", "/proc", ...machine3.covered.flatMap((path) => ["--ro-bind", "/dev/null", path])],
    ...["--dev", "/dev", ...scratch("/dev/shm", scratchMb(limits))],
    ...mountsInOrder(request.mounts, machine3.standIns),
    ...["--remount-ro", "/", "--chdir", "/", "--json-status-fd", "3", "--seccomp", "4", "--"],
    ...asRoot ? ["setpriv", ...ids, ...noPowers, "--"] : [],
    ...entry(request.command, request.directory, limits, memoryAndProcessLimits(limits))
  ];
}
function mountsInOrder(mounts, standIns) {
  const made = /* @__PURE__ */ new Set();
  return mounts.flatMap((mount, index) => {
    const { missing, inScratch } = foldersAround(mount.path, mounts.slice(0, index));
    const fresh = missing.filter((path) => !made.has(path));
    for (const path of fresh) made.add(path);
    return [
      ...fresh.flatMap((path) => ["--perms", inScratch ? "1777" : "0755", "--dir", path]),
      ...mountArguments(mount, standIns)
    ];
  });
}
function scratch(path, sizeMb) {
  return ["--perms", "1777", "--size", String(sizeMb * MB3), "--tmpfs", path];
}
function mountArguments(mount, standIns) {
  switch (mount.kind) {
    case "read-only":
      return ["--ro-bind", mount.path, mount.path];
    case "scratch":
      return scratch(mount.path, mount.sizeMb);
    case "link":
      return ["--symlink", mount.target, mount.path];
    case "work":
      return ["--bind", mount.source, mount.path];
    case "hidden":
      return ["--ro-bind", standIns.fileFor(mount.path), mount.path];
    case "hidden-folder":
      return ["--ro-bind", standIns.folder, mount.path];
    case "overlay":
      return ["--bind", mergedOf(mount), mount.path];
  }
}
var ExitStatus = object({ "exit-code": number2().int() });
function exitCodeOf(end) {
  for (const line of end.status.split("\n").filter((text) => text.trim() !== "")) {
    const parsed = ExitStatus.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data["exit-code"];
  }
  return void 0;
}

// action/src/engines/containers.ts
import { randomUUID as randomUUID3 } from "node:crypto";

// action/src/engines/program.ts
import { execFile as execFile6 } from "node:child_process";
function callProgram([file, ...first], args, timeoutMs = 12e4) {
  const options = { env: engineEnvironment(process.env), timeout: timeoutMs, maxBuffer: 4 * 1024 * 1024 };
  return new Promise((fulfil, reject) => {
    execFile6(file, [...first, ...args], options, (error3, stdout, stderr) => {
      if (error3 === null) return fulfil(stdout.trim());
      if (error3.code === "ENOENT") return reject(new ActionError(`the program \`${file}\` is not installed`));
      const said = stderr.trim().slice(-400) || error3.message.slice(0, 400);
      reject(new ActionError(`\`${file} ${args[0] ?? ""}\` failed: ${said}`, { cause: error3 }));
    });
  });
}

// action/src/engines/containers.ts
var State = object({
  Status: string2(),
  ExitCode: number2().int(),
  OOMKilled: boolean2().default(false),
  Error: string2().default("")
});
async function runInContainer(program, inside, request) {
  const name = `self-heal-${randomUUID3()}`;
  const call = (...args) => callProgram(program.command, args);
  const [file, ...first] = program.command;
  const disk = await watchDisk(request.written, diskMbOf(request.limits));
  try {
    await call(...containerArguments(program, { name, ...inside }, request));
    const end = await runBounded({
      file,
      args: [...first, "start", "--attach", name],
      env: engineEnvironment(process.env),
      timeoutMs: request.limits.timeoutSeconds * 1e3,
      outputBytes: request.limits.outputKb * 1024,
      cancelled: request.cancelled,
      watch: () => disk.fault(),
      stop: async () => {
        await call("kill", name);
      }
    });
    const state = State.parse(JSON.parse(await call("inspect", "--format", "{{json .State}}", name)));
    const limit = `the limit of ${request.limits.memoryMb} MB of memory`;
    const tooMuch2 = state.OOMKilled && state.ExitCode === 137 ? `ended because it went above ${limit}` : void 0;
    return sandboxEnd(end, /^(exited|stopped)$/.test(state.Status) ? state.ExitCode : void 0, tooMuch2);
  } catch (error3) {
    if (!(error3 instanceof ActionError)) throw error3;
    const reason = `the sandbox did not start: ${error3.message}`.slice(0, 480);
    return { exitCode: null, ended: "not-started", reason, output: "", outputTruncated: false, durationMs: 0 };
  } finally {
    await call("rm", "--force", "--volumes", name).catch((error3) => {
      if (!/no such container|no container with/i.test(String(error3))) throw error3;
    });
  }
}
function containerArguments(program, container, request) {
  const { limits } = request;
  const cpus = cpusOf(limits);
  const memory = `${limits.memoryMb}m`;
  const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];
  const noProxies = proxies.flatMap((name) => [name, name.toLowerCase()]).map((name) => [name, ""]);
  const environment = [...noProxies, ...Object.entries(request.environment)];
  return [
    ...["create", "--name", container.name, "--hostname", "sandbox", "--network", "none", "--pull", "never"],
    ...["--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    // Where SELinux is on, labels would hide the machine's own folders, which are mounted read-only.
    ...["--security-opt", "label=disable"],
    ...["--user", `${container.user.uid}:${container.user.gid}`],
    ...["--pids-limit", String(limits.processes), "--memory", memory, "--memory-swap", memory],
    ...cpus === void 0 ? [] : ["--cpus", String(cpus)],
    ...["--shm-size", `${scratchMb(limits)}m`, "--ulimit", "core=0:0"],
    // The log file of a container knows no bound; the output is read from the attached client only.
    ...["--log-driver", "none", ...program.createArguments],
    ...environment.flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    ...mountsInOrder2(request, container.standIns, program.overlayArguments),
    ...["--entrypoint", "bash", container.image],
    ...entry(request.command, request.directory, limits).slice(1)
  ];
}
function mountsInOrder2({ mounts, limits }, standIns, overlay) {
  const sizeMb = scratchMb(limits);
  const made = /* @__PURE__ */ new Set();
  return mounts.flatMap((mount, index) => {
    const { missing, inScratch } = foldersAround(mount.path, mounts.slice(0, index));
    const fresh = inScratch ? missing.filter((path) => !made.has(path)) : [];
    for (const path of fresh) made.add(path);
    return [...fresh.flatMap((path) => scratch2(path, sizeMb)), ...mountArguments2(mount, standIns, overlay)];
  });
}
function mountArguments2(mount, standIns, overlay) {
  switch (mount.kind) {
    case "read-only":
      return bind(mount.path, mount.path, true);
    case "scratch":
      return scratch2(mount.path, mount.sizeMb);
    case "work":
      return bind(mount.source, mount.path, false);
    case "hidden":
      return bind(standIns.fileFor(mount.path), mount.path, true);
    case "hidden-folder":
      return bind(standIns.folder, mount.path, true);
    case "overlay":
      return overlay(mount);
    case "link":
      return [];
  }
}
function scratch2(path, sizeMb) {
  return ["--tmpfs", `${path}:rw,exec,nosuid,nodev,size=${sizeMb}m,mode=1777`];
}
function bind(source, target, readOnly) {
  return mountOption(["type=bind", `source=${source}`, `target=${target}`, ...readOnly ? ["readonly"] : []]);
}
function mountOption(fields) {
  const quoted = fields.map((field) => /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  return ["--mount", quoted.join(",")];
}

// action/src/engines/runner-image.ts
import { execFile as execFile7 } from "node:child_process";
import { chmod, mkdir as mkdir4, mkdtemp as mkdtemp2, rm as rm2, symlink } from "node:fs/promises";
import { dirname as dirname3, join as join8 } from "node:path";
import { promisify as promisify4 } from "node:util";
var run4 = promisify4(execFile7);
async function importRunnerImage(command, host, folder) {
  const work = await mkdtemp2(join8(folder, "image-"));
  try {
    const root = join8(work, "root");
    for (const path of ["/proc", "/sys", "/dev", "/etc", "/run"]) await mkdir4(join8(root, path), { recursive: true });
    for (const path of ["/tmp", "/var/tmp", host.home]) {
      await mkdir4(join8(root, path), { recursive: true });
      await chmod(join8(root, path), 1023);
    }
    for (const { path, linkTo } of host.system) {
      await mkdir4(join8(root, dirname3(path)), { recursive: true });
      if (linkTo === void 0) await mkdir4(join8(root, path), { recursive: true });
      else await symlink(linkTo, join8(root, path));
    }
    const archive = join8(work, "image.tar");
    await run4("tar", [
      "--create",
      "--file",
      archive,
      "--owner=0",
      "--group=0",
      "--mode=go+rX",
      "--directory",
      root,
      "."
    ]);
    const printed = await callProgram(command, ["import", archive]);
    return printed.split("\n").at(-1)?.trim() ?? printed;
  } finally {
    await rm2(work, { recursive: true, force: true });
  }
}

// action/src/engines/docker.ts
var DOCKER = { command: ["docker"], createArguments: [], overlayArguments: volumeOverlay };
function openDocker(ask) {
  return openContainers("docker", DOCKER, ask);
}
function volumeOverlay({ path, upper, work }) {
  const options = overlayOptions({ lower: path, upper, work });
  return mountOption([
    ...["type=volume", `target=${path}`, "volume-driver=local", "volume-nocopy"],
    ...["volume-opt=type=overlay", "volume-opt=device=overlay", `volume-opt=o=${options}`]
  ]);
}
async function openContainers(name, program, ask) {
  await callProgram(program.command, ["version"], 2e4);
  const { host, folder } = ask;
  const own2 = ask.image === void 0;
  if (ask.image !== void 0) await callProgram(program.command, ["pull", "--quiet", ask.image], 6e5);
  const image = ask.image ?? await importRunnerImage(program.command, host, folder);
  const inside = { image, user: host.user, standIns: await writeStandIns(folder) };
  const placing = { folder, user: host.user, asRoot: process.getuid?.() === 0, overlays: true };
  return {
    name,
    run: (request) => withWritableFolders(request, placing, (placed) => runInContainer(program, inside, placed)),
    close: async () => {
      if (own2) await callProgram(program.command, ["image", "rm", image]);
    }
  };
}

// action/src/engines/none.ts
async function openNone() {
  return { name: "none", run: runIn2, close: async () => void 0 };
}
async function runIn2(request) {
  const { limits } = request;
  const memoryOnly = memoryAndProcessLimits(limits).slice(0, 1);
  const [file = "bash", ...args] = [
    ...onProcessors(limits),
    ...entry(request.command, request.workTree, limits, memoryOnly)
  ];
  const disk = await watchDisk([request.workTree], diskMbOf(limits));
  const memory = watchMemory(limits);
  const end = await runBounded({
    file,
    args,
    env: request.environment,
    timeoutMs: limits.timeoutSeconds * 1e3,
    outputBytes: limits.outputKb * 1024,
    cancelled: request.cancelled,
    watch: (processId) => memory(processId) ?? disk.fault()
  });
  return sandboxEnd(end, end.exitCode ?? void 0);
}

// action/src/engines/system-call-profile.ts
import { readFile, writeFile as writeFile4 } from "node:fs/promises";
import { join as join9 } from "node:path";
var Profile = looseObject({
  syscalls: array(looseObject({ names: array(string2()), action: string2() }))
});
async function narrowedProfile(command, folder) {
  const path = await callProgram(command, ["info", "--format", "{{.Host.Security.SECCOMPProfilePath}}"], 2e4);
  if (!path.startsWith("/")) return void 0;
  const narrowed = join9(folder, "system-calls.json");
  await writeFile4(narrowed, JSON.stringify(withoutRefused(Profile.parse(JSON.parse(await readFile(path, "utf8"))))));
  return narrowed;
}
function withoutRefused(profile) {
  const handled = /* @__PURE__ */ new Set([...REFUSED_NAMES, "clone", "clone3"]);
  const kept = profile.syscalls.map((rule) => ({ ...rule, names: rule.names.filter((name) => !handled.has(name)) })).filter(({ names }) => names.length > 0);
  const plainClone = { index: 0, value: NEW_NAMESPACES, valueTwo: 0, op: "SCMP_CMP_MASKED_EQ" };
  return {
    ...profile,
    syscalls: [
      ...kept,
      { names: ["clone"], action: "SCMP_ACT_ALLOW", args: [plainClone] },
      // "No such call" (38): the C library then takes clone, whose flags can be looked at.
      { names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: 38 }
    ]
  };
}

// action/src/engines/podman.ts
async function openPodman(ask, runtime) {
  const program = podmanProgram(process.getuid?.() === 0, runtime);
  const profile = await narrowedProfile(program.command, ask.folder);
  const systemCalls = profile === void 0 ? [] : ["--security-opt", `seccomp=${profile}`];
  const createArguments = [...program.createArguments, ...systemCalls];
  return openContainers("podman", { ...program, createArguments }, ask);
}
function podmanProgram(asRoot, runtime) {
  return {
    command: runtime === void 0 ? ["podman"] : ["podman", "--runtime", runtime],
    createArguments: [
      "--http-proxy=false",
      // Podman asks for a million of each, which fails where this machine's own bounds are lower.
      ...["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"],
      // Without root, the files of the copy belong to the person; this keeps their number the same inside.
      ...asRoot ? [] : ["--userns", "keep-id"]
    ],
    overlayArguments: ({ path, upper, work }) => ["--volume", overlayVolume(path, upper, work)]
  };
}
function overlayVolume(path, upper, work) {
  return `${path}:${path}:O,upperdir=${upper},workdir=${work}`;
}

// action/src/choose-engine.ts
var CANDIDATES = [
  { name: "docker", label: "docker", open: openDocker },
  { name: "podman", label: "podman", open: (ask) => openPodman(ask) },
  // crun, podman's usual choice, refuses machines with the older control groups; runc does not.
  { name: "podman", label: "podman with runc", open: (ask) => openPodman(ask, "runc") },
  { name: "bubblewrap", label: "bubblewrap", open: openBubblewrap }
];
async function chooseEngine(choice) {
  if (choice.engine === "none") return openNone();
  const asked = CANDIDATES.filter(({ name }) => choice.engine === "auto" || choice.engine === name);
  const refusals = [];
  for (const { label, open: open4 } of asked) {
    const engine = await open4(choice).catch((error3) => {
      if (!(error3 instanceof ActionError)) throw error3;
      refusals.push(`${label}: ${error3.message}`);
      return void 0;
    });
    if (engine === void 0) continue;
    const fault = await trial(engine, choice);
    if (fault === void 0) return engine;
    await engine.close();
    refusals.push(`${label}: ${fault}`);
  }
  throw new ActionError(
    `No sandbox works on this runner, so nothing was run. ${refusals.join("; ")}. Use a runner with docker (ubuntu-latest has it), or install podman or bubblewrap.`
  );
}
async function trial(engine, choice) {
  const workTree = await mkdtemp3(join10(choice.folder, "trial-"));
  try {
    await giveTo(workTree, choice.host.user);
    const request = choice.requestFor(workTree);
    const limits = { ...request.limits, timeoutSeconds: 60 };
    const end = await engine.run({ ...request, limits, command: "touch works && rm works" });
    if (end.exitCode === 0) return void 0;
    return end.reason ?? `a trial run ended with ${end.exitCode}: ${end.output.trim().slice(0, 300)}`;
  } finally {
    await rm3(workTree, { recursive: true, force: true });
  }
}

// action/src/fetch-candidate.ts
import { mkdir as mkdir5 } from "node:fs/promises";

// action/src/candidate-changes.ts
var MOST_FILES = 300;
var REGULAR = /* @__PURE__ */ new Set(["100644", "100755"]);
var SAY = { "120000": "a symbolic link", "160000": "a submodule" };
function candidateChanges(rawDiff) {
  const raw = parse2(rawDiff);
  if (raw.length === 0) {
    throw new ActionError("The candidate changes no file, so there is nothing to prove. Build a new candidate.");
  }
  if (raw.length > MOST_FILES) {
    throw new ActionError(`The candidate changes ${raw.length} files; at most ${MOST_FILES} can be validated at once.`);
  }
  return raw.map(accept);
}
function checkTold(changes, told) {
  if (told.length === 0) return;
  const changed = new Set(changes.map(({ path }) => path));
  const named = new Set(told);
  const faults = [
    listed(
      "changes files that `files` does not name",
      [...changed].filter((path) => !named.has(path))
    ),
    listed(
      "does not change files that `files` names",
      [...named].filter((path) => !changed.has(path))
    )
  ].filter((fault) => fault !== void 0);
  if (faults.length === 0) return;
  throw new ActionError(
    `The candidate is refused: it ${faults.join(", and it ")}. Hand over \`files\` as the App gave them to the workflow.`
  );
}
function listed(fault, paths) {
  if (paths.length === 0) return void 0;
  const shown = paths.slice(0, 10).map((path) => JSON.stringify(path));
  return `${fault}: ${[...shown, ...paths.length > 10 ? [`${paths.length - 10} more`] : []].join(", ")}`;
}
function parse2(rawDiff) {
  const text = new TextDecoder("utf-8", { fatal: true });
  let fields;
  try {
    fields = text.decode(rawDiff).split("\0");
  } catch (cause) {
    throw new ActionError("The candidate has a path that is not UTF-8. Rename that file.", { cause });
  }
  const changes = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [oldMode, newMode, , blob, status] = (fields[at] ?? "").replace(/^:/, "").split(" ");
    const path = fields[at + 1];
    if (!oldMode || !newMode || !blob || !status || path === void 0) {
      throw new ActionError(`git diff-tree printed something unexpected: ${JSON.stringify(fields[at])}.`);
    }
    changes.push({ oldMode, newMode, blob, status, path });
  }
  return changes;
}
function accept(change) {
  const fault = pathFault(change.path) ?? modeFault(change);
  if (fault !== void 0) {
    throw new ActionError(`The candidate is refused: ${JSON.stringify(change.path)} ${fault}.`);
  }
  const gone2 = change.status === "D";
  return { path: change.path, blob: gone2 ? null : change.blob, executable: change.newMode === "100755" };
}
function modeFault({ status, oldMode, newMode }) {
  for (const mode of [oldMode, newMode]) {
    const what = SAY[mode];
    if (what !== void 0) return `is ${what}; only ordinary files may change`;
  }
  if (status === "A") return newMode === "100644" ? void 0 : `is new with mode ${newMode}; new files have 100644`;
  if (status === "D") return REGULAR.has(oldMode) ? void 0 : `had mode ${oldMode}; only ordinary files may go`;
  if (status === "M" && oldMode === newMode && REGULAR.has(newMode)) return void 0;
  return `changes its mode from ${oldMode} to ${newMode} (${status}); only contents may change`;
}
function pathFault(path) {
  const parts = path.split("/");
  if (path === "" || path.length > 1e3 || path.startsWith("/")) return "is empty, absolute or too long";
  if (/[\0-\x1f\x7f\\]/.test(path)) return "has a control character or a backslash in its path";
  if (parts.some((part) => part === "" || part === "." || part === "..")) return "leaves its folder or is not normal";
  if (parts.some((part) => /^\.git/i.test(part)))
    return "is one of git's or GitHub's own files, which are never written";
  return void 0;
}

// action/src/tree-ids.ts
async function treeIds(gitFolder, commits, tests) {
  const said = async (...args) => (await git(gitFolder, args)).toString("utf8").trim();
  await git(gitFolder, ["read-tree", commits.base]);
  for (const { path, blob, executable } of tests) {
    const entry2 = `${executable ? "100755" : "100644"},${blob},${path}`;
    const change = blob === null ? ["--force-remove", "--", path] : ["--add", "--replace", "--cacheinfo", entry2];
    await git(gitFolder, ["--git-dir=.", "--work-tree=.", "update-index", ...change]);
  }
  return {
    base: await said("rev-parse", `${commits.base}^{tree}`),
    testOnly: await said("write-tree"),
    candidate: await said("rev-parse", `${commits.candidate}^{tree}`)
  };
}

// action/src/fetch-candidate.ts
var MOST_BYTES = 5 * 1024 * 1024;
async function fetchCandidate(fetch) {
  await mkdir5(fetch.gitFolder, { recursive: true });
  await git(fetch.gitFolder, ["init", "--bare", "--quiet", "--template=", "."]);
  const args = ["fetch", "--quiet", "--depth=2", "--no-tags", "--no-recurse-submodules", "--no-write-fetch-head"];
  try {
    await git(fetch.gitFolder, [...args, fetch.repositoryUrl, fetch.candidate], {
      config: authorization(fetch),
      timeoutMs: 3e5
    });
  } catch (cause) {
    throw new ActionError(
      `The candidate ${fetch.candidate} could not be fetched from ${fetch.repositoryUrl} (${messageOf(cause)}). Is its branch still there, and does the workflow have \`permissions: contents: read\`?`,
      { cause }
    );
  }
  await checkParent(fetch);
  const flags = ["-r", "--raw", "-z", "--no-renames", "--no-abbrev"];
  const diff = await git(fetch.gitFolder, ["diff-tree", ...flags, fetch.base, fetch.candidate]);
  const files = [];
  const changes = candidateChanges(diff);
  checkTold(changes, fetch.told);
  for (const change of changes) files.push(await read(fetch.gitFolder, change));
  const tests = changes.filter(({ path }) => fetch.tests.includes(path));
  return { files, trees: await treeIds(fetch.gitFolder, fetch, tests) };
}
function authorization({ token, repositoryUrl }) {
  if (token === "") return [];
  const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
  return [[`http.${repositoryUrl}.extraHeader`, `AUTHORIZATION: basic ${credentials}`]];
}
async function checkParent({ gitFolder, base, candidate }) {
  const line = await git(gitFolder, ["rev-list", "--parents", "--max-count=1", candidate]);
  const [, ...parents] = line.toString("utf8").trim().split(" ");
  if (parents.length === 1 && parents[0] === base) return;
  const found = parents.length === 0 ? "no parent" : `parent ${parents.join(" and ")}`;
  throw new ActionError(
    `The candidate ${candidate} is refused: it has ${found}, but must be one commit on top of base ${base}.`
  );
}
async function read(gitFolder, { path, blob, executable }) {
  if (blob === null) return { path, content: null, executable };
  try {
    return { path, content: await git(gitFolder, ["cat-file", "blob", blob], { maxBytes: MOST_BYTES }), executable };
  } catch (cause) {
    const limit = `${MOST_BYTES / 1024 / 1024} MB`;
    throw new ActionError(
      `The candidate's file ${JSON.stringify(path)} could not be read (limit ${limit}): ${messageOf(cause)}.`,
      { cause }
    );
  }
}
function messageOf(error3) {
  return error3 instanceof Error ? error3.message : String(error3);
}

// action/src/runs.ts
import { join as join13 } from "node:path";

// action/src/lay-over.ts
import { createHash } from "node:crypto";
import { constants as constants2 } from "node:fs";
import { lstat as lstat3, mkdir as mkdir6, open as open2, rm as rm4 } from "node:fs/promises";
import { join as join11 } from "node:path";
function overlayDigest(files) {
  const digest = createHash("sha256");
  for (const file of [...files].sort((a, b) => a.path < b.path ? -1 : 1)) {
    const content = file.content === null ? "-" : createHash("sha256").update(file.content).digest("hex");
    digest.update(`${file.path}\0${content}
`);
  }
  return digest.digest("hex");
}
async function layOver(tree, files) {
  for (const file of files) {
    const fault = pathFault(file.path) ?? await placeFault(tree, file.path);
    if (fault !== void 0) {
      throw new ActionError(`The candidate's file ${JSON.stringify(file.path)} cannot be laid over: it ${fault}.`);
    }
    await write(join11(tree, file.path), file);
  }
}
async function placeFault(tree, path) {
  const parts = path.split("/");
  for (let depth2 = 1; depth2 <= parts.length; depth2 += 1) {
    const place2 = parts.slice(0, depth2).join("/");
    const found = await lstat3(join11(tree, place2)).catch((error3) => {
      if (error3.code === "ENOENT") return void 0;
      throw error3;
    });
    if (found === void 0) return void 0;
    const fits = depth2 < parts.length ? found.isDirectory() : found.isFile();
    if (!fits) return `meets something else at ${JSON.stringify(place2)} in the prepared folder`;
  }
  return void 0;
}
async function write(place2, file) {
  await rm4(place2, { force: true });
  if (file.content === null) return;
  await mkdir6(join11(place2, ".."), { recursive: true });
  const flags = constants2.O_WRONLY | constants2.O_CREAT | constants2.O_EXCL | constants2.O_NOFOLLOW;
  const handle = await open2(place2, flags, file.executable ? 493 : 420);
  try {
    await handle.writeFile(file.content);
  } finally {
    await handle.close();
  }
}

// action/src/read-reports.ts
import { constants as constants3 } from "node:fs";
import { lstat as lstat4, open as open3, readdir as readdir2 } from "node:fs/promises";
import { join as join12 } from "node:path";
var MOST_BYTES2 = 2e6;
var MOST_FILES2 = 200;
var MOST_LOOKS = 1e5;
var MOST_NAMED = 20;
async function reportsBefore(tree, globs) {
  const { found } = await matching(tree, globs);
  return new Map([...found].map(([path, { changedNs }]) => [path, changedNs]));
}
async function readReports(tree, globs, before) {
  const { found, isCut } = await matching(tree, globs);
  const own2 = [...found].filter(([path, { changedNs }]) => before.get(path) !== changedNs);
  const reports = [];
  const leftOut = [];
  let bytes = 0;
  for (const [path, { isFile, size }] of own2.sort(([one], [other]) => one < other ? -1 : 1)) {
    const fits = isFile && path.length <= 1e3 && reports.length < MOST_FILES2 && bytes + size <= MOST_BYTES2;
    const text = fits ? await textOf(join12(tree, path), MOST_BYTES2 - bytes) : void 0;
    if (text === void 0) leftOut.push(path);
    else {
      reports.push({ path, text });
      bytes += Buffer.byteLength(text);
    }
  }
  const count = leftOut.length + (isCut ? 1 : 0);
  if (count === 0) return { reports };
  const paths = leftOut.slice(0, MOST_NAMED).map((path) => path.slice(0, 1e3));
  return { reports, reportsLeftOut: { count, paths } };
}
async function matching(tree, globs) {
  const walk = { tree, found: /* @__PURE__ */ new Map(), looks: 0 };
  for (const glob of globs)
    await follow(
      walk,
      "",
      glob.split("/").filter((part) => part !== "" && part !== ".")
    );
  return { found: walk.found, isCut: walk.looks >= MOST_LOOKS };
}
async function follow(walk, folder, parts) {
  const [part, ...rest] = parts;
  if (part === void 0) return;
  if (part === "**") await follow(walk, folder, rest.length > 0 ? rest : ["*"]);
  const pattern = part === "**" ? void 0 : nameFor(part);
  for (const name of await namesIn(join12(walk.tree, folder))) {
    if (walk.looks >= MOST_LOOKS) return;
    if (pattern && !pattern.test(name)) continue;
    if (part === "**" && name === "node_modules") continue;
    walk.looks += 1;
    const path = folder === "" ? name : `${folder}/${name}`;
    const seen = await lstat4(join12(walk.tree, path), { bigint: true }).catch(gone);
    if (seen === void 0) continue;
    if (seen.isDirectory()) await follow(walk, path, part === "**" ? parts : rest);
    else if (part !== "**" && rest.length === 0)
      walk.found.set(path, { isFile: seen.isFile(), size: Number(seen.size), changedNs: seen.ctimeNs });
  }
}
function nameFor(part) {
  const source = part.replace(/[.+^$()|[\]\\]/g, "\\$&").replace(/\*+/g, ".*").replace(/\?/g, ".").replace(/\{([^{}]*)\}/g, (_, words) => `(?:${words.replaceAll(",", "|")})`).replace(/[{}]/g, "\\$&");
  return new RegExp(`^${source}$`, "su");
}
async function namesIn(folder) {
  return await readdir2(folder).catch(gone) ?? [];
}
async function textOf(place2, mostBytes) {
  const flags = constants3.O_RDONLY | constants3.O_NOFOLLOW | constants3.O_NONBLOCK;
  const handle = await open3(place2, flags).catch(gone);
  if (handle === void 0) return void 0;
  try {
    const seen = await handle.stat();
    if (!seen.isFile() || seen.size > mostBytes) return void 0;
    const text = (await handle.readFile("utf8")).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, "");
    return Buffer.byteLength(text) <= mostBytes ? text : void 0;
  } finally {
    await handle.close();
  }
}
function gone(error3) {
  if (["ENOENT", "ENOTDIR", "EACCES", "ELOOP", "ENXIO", "EPERM", "ENAMETOOLONG"].includes(error3.code ?? ""))
    return void 0;
  throw error3;
}

// action/src/shortened.ts
function shortened(end, characters) {
  const left = end.output.length - characters;
  if (left <= 0) return end;
  const [head, tail] = [end.output.slice(0, characters / 2), end.output.slice(-characters / 2)];
  return { ...end, output: `${head}
[… ${left} characters left out …]
${tail}`, outputTruncated: true };
}

// action/src/runs.ts
var BASE_ROUNDS = 3;
var REPEATED_OUTPUT = 64 * 1024;
async function carryOutRuns(runs) {
  let skip;
  for (const planned of runs.plan) {
    const why = skip ?? planned.skip;
    if (why !== void 0) {
      runs.onRun(skipped(planned, why));
      continue;
    }
    const first = await round(planned, 1, runs);
    const more = passed(first) ? repetitions(planned.name, runs.asked) : 0;
    for (let number4 = 2; number4 <= more + 1; number4 += 1) await round(planned, number4, runs);
    if (planned.name === "base" && more > 0) skip = "the failing commit passes, so there is nothing to prove";
  }
}
function repetitions(name, { trigger, repeat }) {
  if (name === "candidate") return repeat;
  return name === "base" && trigger === "workflow-run" ? BASE_ROUNDS - 1 : 0;
}
function planRuns(files, tests, trees) {
  const changed = new Set(files.map(({ path }) => path));
  const unknown2 = tests.filter((path) => !changed.has(path));
  if (unknown2.length > 0) {
    const paths = unknown2.map((path) => JSON.stringify(path)).join(", ");
    throw new ActionError(`\`tests\` names ${paths}, which the candidate does not change. Name changed files only.`);
  }
  const testFiles = files.filter(({ path }) => tests.includes(path));
  const testOnly = testFiles.length > 0 ? { name: "test-only", files: testFiles, ...treeOf(trees?.testOnly) } : { name: "test-only", files: [], skip: "the candidate brings no test, none was named in the input `tests`" };
  return [
    { name: "base", files: [], ...treeOf(trees?.base) },
    testOnly,
    { name: "candidate", files, ...treeOf(trees?.candidate) }
  ];
}
var treeOf = (tree) => tree === void 0 ? {} : { tree };
async function round(planned, number4, runs) {
  const { run: run6, unstarted } = await carryOut(planned, number4, runs);
  runs.onRun(run6);
  if (unstarted) {
    const reason = unstarted.reason ?? "no reason is known";
    throw new ActionError(`The run \`${run6.name}\` could not be carried out: ${reason}`);
  }
  return run6;
}
async function carryOut({ name, files, tree }, number4, runs) {
  const workTree = join13(runs.folder, `${name}-${number4}`);
  const startedAt = (/* @__PURE__ */ new Date()).toISOString();
  const globs = number4 === 1 ? runs.asked.reports : [];
  try {
    await copyPrepared(runs.directory, workTree, runs.user);
    await layOver(workTree, files);
    await giveTo(workTree, runs.user);
    const before = await reportsBefore(workTree, globs);
    const request = runs.requestFor(workTree);
    const end = await runs.engine.run(request);
    const testEnd = await allTests(name, end, request, runs);
    const ends = testEnd ? [end, testEnd] : [end];
    const kept = (one) => number4 === 1 ? one : shortened(one, REPEATED_OUTPUT);
    const run6 = {
      ...{ name, round: number4, startedAt, overlayDigest: overlayDigest(files) },
      ...treeOf(tree),
      ...kept(end),
      ...testEnd ? { testCommand: kept(testEnd) } : {},
      ...await readReports(workTree, globs, before)
    };
    return { run: run6, unstarted: ends.find(({ ended }) => ended === "not-started") };
  } finally {
    await removeTree(workTree);
  }
}
async function allTests(name, first, request, { asked, engine }) {
  if (asked.testCommand === void 0) return void 0;
  if (first.ended !== "completed") return notRun(`the first command did not end by itself: ${first.ended}`);
  if (name === "candidate" && first.exitCode !== 0) return notRun(`the first command ended with ${first.exitCode}`);
  return engine.run({ ...request, command: asked.testCommand });
}
function notRun(reason) {
  return { exitCode: null, ended: "skipped", reason, durationMs: 0, output: "", outputTruncated: false };
}
var passed = (run6) => [run6, run6.testCommand].every((end) => end === void 0 || end.ended === "completed" && end.exitCode === 0);
function skipped({ name }, reason) {
  const startedAt = (/* @__PURE__ */ new Date()).toISOString();
  return { name, round: 1, startedAt, ...notRun(reason), reports: [], overlayDigest: overlayDigest([]) };
}

// src/text/entropy.ts
function entropyBits(value) {
  const counts = /* @__PURE__ */ new Map();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts.values()].reduce((bits, count) => bits - count / total * Math.log2(count / total), 0);
}
var placeholder = /\*{3}|^\*+$|^(.)\1+$|\$\{|\{\{|^[$%<{[]|example|placeholder|changeme|change_me|redacted|your[-_]?|dummy|xxxx|\.\.\./i;
var commonWord = /^(?:passw(?:or)?d|secret|token|pass|postgres(?:ql)?|mysql|mongo|root|admin|user|username|guest|test|testing|none|null|true|false|undefined)$/i;
var isPlaceholder = (value) => placeholder.test(value) || commonWord.test(value);

// src/text/random-tokens.ts
var run5 = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
var longestToken = 256;
var contextLength = 32;
var harmlessBefore = /(?:sha-?\d{1,3}|md5|blake\d\w?|h1|zh|integrity|checksum|digest|base64|fingerprint|etag|mappings|nonce)["']?\s?[:=,@-]\s?["']?(?:W\/)?["']?$|\b(?:ssh|ecdsa)-[\w-]{1,40}\s$|\b(?:md5|sha\d{1,3})(?:sum)?\s$/i;
var harmless = /^(?:sha\d{1,3}[-=]|AAAA[A-Z]3NzaC1|[A-Z]{1,6}_(?:kw|lA)DO|_{0,3}Z[A-Z0-9]|_?\$?s\d)/;
var publicBlock = /-----BEGIN (?:(?!PRIVATE)[A-Z0-9 ]){1,40}-----(?:[^-]|-(?!----)){0,20000}-----END/g;
function randomTokens(text) {
  const found = [];
  const blocks = [...text.matchAll(publicBlock)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length
  }));
  let next = 0;
  for (const match of text.matchAll(run5)) {
    const value = match[0].replace(/^[/+_-]+/, "");
    const from = match.index + match[0].length - value.length;
    const to = from + value.length;
    while ((blocks[next]?.to ?? text.length) <= from) next += 1;
    if ((blocks[next]?.from ?? text.length) < to) continue;
    if (isRandom(value) && !harmlessBefore.test(text.slice(Math.max(0, from - contextLength), from)))
      found.push({ from, to, kind: "high-entropy" });
  }
  return found;
}
function isRandom(value) {
  if (value.length < 24 || value.length > longestToken || harmless.test(value) || isPlaceholder(value)) return false;
  if (/^[0-9a-f-]+$/i.test(value)) return false;
  const letters = value.replace(/[^A-Za-z0-9]/g, "");
  if (letters.length < 24 || !/[a-z]/.test(letters) || !/[A-Z]/.test(letters) || !/[0-9].*[0-9]/.test(letters))
    return false;
  if (value.length - letters.length > 2 + value.length / 12) return false;
  if (entropyBits(letters) < 0.81 * Math.log2(Math.min(letters.length, 62))) return false;
  return changesOfClass(letters) >= 0.4 && shareOfWords(letters) <= 0.3 && !isReadable2(value);
}
function changesOfClass(letters) {
  const classes = letters.replace(/[a-z]/g, "a").replace(/[A-Z]/g, "A").replace(/[0-9]/g, "0");
  let changes = 0;
  for (let at = 1; at < classes.length; at++) if (classes[at] !== classes[at - 1]) changes += 1;
  return changes / (classes.length - 1);
}
var shareOfWords = (letters) => (letters.match(/[a-z]{4,}/g) ?? []).reduce((sum, word) => sum + word.length, 0) / letters.length;
var isReadable2 = (value) => {
  const bytes = Buffer.from(value, "base64");
  const readable = bytes.filter((byte) => byte >= 32 && byte < 127 || byte === 10 || byte === 9);
  return bytes.length > 0 && readable.length / bytes.length > 0.95;
};

// src/text/key-lines.ts
var fullLine = /^[\s>|E#"'+-]{0,12}?(?<body>[A-Za-z0-9+/]{76}|[A-Za-z0-9+/]{70}|[A-Za-z0-9+/]{64})(?:\\[nr]){0,2}["',+;\\\s]{0,6}$/d;
var lastLine = /^[\s>|E#"'+-]{0,12}?(?<body>[A-Za-z0-9+/]{1,75}={0,2})(?:\\[nr]){0,2}["',+;\\\s]{0,6}$/d;
var longestLine = 110;
var leastBits = 4.6;
var publicBegin = /-----BEGIN (?:(?!PRIVATE)[A-Z0-9 ]){1,40}-----/;
var anyEnd = /-----END /;
function keyLines(text) {
  const found = [];
  let run6;
  let isPublic = false;
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = end - start > longestLine ? "" : text.slice(start, end);
    if (publicBegin.test(line)) isPublic = true;
    const body = isPublic ? void 0 : bodyOf(fullLine, line, start);
    if (body && (!run6 || run6.width === body.to - body.from)) {
      const bits = entropyBits(text.slice(body.from, body.to));
      run6 = { spans: [...run6?.spans ?? [], body], width: body.to - body.from, bits: Math.max(bits, run6?.bits ?? 0) };
    } else {
      if (run6) close(run6, bodyOf(lastLine, line, start));
      run6 = body && { spans: [body], width: body.to - body.from, bits: entropyBits(text.slice(body.from, body.to)) };
    }
    if (anyEnd.test(line)) isPublic = false;
    start = end + 1;
  }
  if (run6) close(run6, void 0);
  return found;
  function close({ spans, bits }, last) {
    const [first] = spans;
    const whole = spans.at(-1);
    const tail = last && isTail(text.slice(last.from, last.to)) ? [last] : [];
    if (!first || !whole || spans.length + tail.length < 2 || bits < leastBits) return;
    found.push({ from: first.from, to: (tail[0] ?? whole).to });
  }
}
function bodyOf(pattern, line, start) {
  const match = pattern.exec(line);
  const range = match?.indices?.groups?.body;
  const body = match?.groups?.body ?? "";
  if (!range || pattern === fullLine && !(/[a-z]/.test(body) && /[A-Z]/.test(body))) return void 0;
  return { from: start + range[0], to: start + range[1] };
}
var isTail = (body) => body.length % 4 === 0 && (body.endsWith("=") || /[A-Z]/.test(body) && /[0-9+/]/.test(body) || body.length >= 32);

// src/text/named-secrets.ts
var assignment = /(?<name>passw(?:or)?d|passcode|pwd|passphrase|secret|token|credentials?|connection[_-]?string|session[_-]?id|(?:api|access|private|account|signing|encryption|master|deploy|shared|auth|ssh|hmac|jwt|storage)[_-]?key)(?:[_-]?(?:key|base|value|hash|prod|production|staging|dev|ci|old|new|string|base64|b64|\d{1,3})){0,2}\\?["']?\]?(?<sign>[^\S\n]{0,4}(?:=>|:=|[:=])[^\S\n]{0,4}|[^\S\n]{1,3}(?:is|was|are|equals|set to)(?: ?[:=])?[^\S\n]{1,3}|[^\S\n]{1,2}(?![\w-]{1,40}["']?\s{0,4}[:=]))(?:\\?(?<quote>["'`])(?<quoted>[^"'`\s\\]{6,4000})\\?\k<quote>|(?<bare>(?:[^\s"'`,;(){}<>[\]\\]|\\(?!["'nrt])){6,4000}))/dgi;
var longestNested = 200;
function namedSecrets(text, known) {
  const found = [];
  let next = 0;
  const pattern = new RegExp(assignment);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const { name = "", sign = "", quoted, bare } = match.groups ?? {};
    const [from, to] = match.indices?.groups?.[quoted === void 0 ? "bare" : "quoted"] ?? [0, 0];
    while ((known[next]?.to ?? text.length) <= from) next += 1;
    const held = known[next];
    if (held && held.from < to) {
      pattern.lastIndex = held.to;
      continue;
    }
    const isCall = bare !== void 0 && /[([]/.test(text[to] ?? "");
    const before = text.slice(Math.max(0, match.index - 42), match.index);
    const isFlag = /--[\w-]{0,40}$/.test(before);
    const isOurs = /\[redacted:[a-z-]{0,30}$/.test(before);
    if (isCall || isOurs || !looksAssigned({ name, sign, quoted, bare, isFlag })) {
      if (to - from <= longestNested) pattern.lastIndex = from;
      continue;
    }
    const end = bare !== void 0 && /\.$/.test(bare) && /[\sa-z]$/i.test(sign) ? to - 1 : to;
    found.push({ from, to: end, kind: isPassword(name) ? "password" : "secret" });
  }
  return found;
}
var isPassword = (name) => /^pass|^pwd/i.test(name);
function looksAssigned({ name, sign, quoted, bare, isFlag }) {
  const value = quoted ?? bare ?? "";
  if (isPlaceholder(value) || !/[A-Za-z]/.test(value)) return false;
  if (bare !== void 0 && /^[A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$|^\.{0,2}\/[\w.-]+\/|:\/\//.test(bare))
    return false;
  const isPlain = !/[0-9]/.test(value);
  const isCommand = bare !== void 0 && (sign === "=" || isFlag && sign.trim() === "");
  if (isPlain && !(isPassword(name) && isCommand && /[!@#$%^&*+~?]/.test(value))) return false;
  if (isPassword(name) && isCommand) return entropyBits(value) >= 2.5;
  if (isFlag && isCommand) return value.length >= 12 && entropyBits(value) >= 3;
  const isSpoken = sign.trim() === "";
  if (isPassword(name) && !isSpoken) return value.length >= 8 && entropyBits(value) >= 3;
  return value.length >= 16 && entropyBits(value) >= 3.2;
}

// src/text/private-keys.ts
var keyMarker = /-----(?<edge>BEGIN|END) ?[A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
var longestKey = 2e4;
var keyLine = /^\s*(?:[A-Za-z0-9+/=]+|(?:Proc-Type|DEK-Info|Version|Comment):.*)?\s*$/;
function privateKeys(text) {
  const found = [];
  const markers = [...text.matchAll(keyMarker)].map((match) => ({
    begins: match.groups?.edge === "BEGIN",
    from: match.index,
    to: match.index + match[0].length
  }));
  for (const [position, marker] of markers.entries()) {
    const next = markers[position + 1];
    const previous = markers[position - 1];
    if (marker.begins) {
      const whole = next !== void 0 && !next.begins && next.from - marker.to <= longestKey;
      const end = whole ? next.from : bodyEnd(text, marker.to, next?.from ?? text.length);
      add(marker.to, end);
    } else if (!previous?.begins || marker.from - previous.to > longestKey) {
      add(bodyStart(text, marker.from, previous?.to ?? 0), marker.from);
    }
  }
  return found;
  function add(from, to) {
    const body = text.slice(from, to);
    if (body.replace(/\\[nr]|[^A-Za-z0-9+/]/g, "").length < 64) return;
    const start = from + body.length - body.trimStart().length;
    found.push({ from: start, to: start + body.trim().length });
  }
}
function bodyEnd(text, from, limit) {
  const body = text.slice(from, Math.min(limit, from + longestKey));
  const oneLine = /^(?:[A-Za-z0-9+/=]|\\[nr])+/.exec(body)?.[0] ?? "";
  let end = oneLine.length;
  for (const line of body.slice(end).split("\n")) {
    if (!keyLine.test(line)) break;
    end += line.length + 1;
  }
  return from + Math.min(end, body.length);
}
function bodyStart(text, to, limit) {
  const lines = text.slice(Math.max(limit, to - longestKey), to).split("\n");
  let start = to;
  for (const [position, line] of lines.toReversed().entries()) {
    if (!keyLine.test(line)) break;
    start -= line.length + (position > 0 ? 1 : 0);
  }
  return start;
}

// src/text/secret-patterns.ts
var forms = [
  {
    kind: "aws-access-key-id",
    pattern: /(?<![A-Za-z0-9])(?<secret>(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)[A-Z0-9]{16})(?![A-Za-z0-9])/dg
  },
  { kind: "github-token", pattern: /(?<![A-Za-z0-9])(?<secret>gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_\w{40,255})/dg },
  {
    kind: "google-api-key",
    pattern: /(?<![A-Za-z0-9])(?<secret>AIza[\w-]{35}|GOCSPX-[\w-]{20,60}|ya29\.[\w-]{20,2000})/dg
  },
  { kind: "jwt", pattern: /(?<![\w-])(?<secret>eyJ[\w-]{10,4000}\.eyJ[\w-]{10,8000}\.[\w-]{10,2000})/dg },
  { kind: "npm-token", pattern: /_authToken\s?=\s?["']?(?<secret>[^\s"'$*]{8,500})/dg },
  { kind: "url-credentials", pattern: /:\/\/[^\s:/?#@"'<>]{0,200}:(?<secret>[^\s/@"'<>]{3,400})@(?=[\w[.-])/dg },
  { kind: "url-credentials", pattern: /:\/\/(?<secret>[\w-]{20,255})@(?=[\w[.-])/dg },
  { kind: "authorization", pattern: /\b(?:bearer|basic|token)\s{1,3}(?<secret>(?=\S{0,100}\d)[\w.~+/-]{20,}=*)/dgi },
  {
    kind: "authorization",
    pattern: /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token)\s{1,3}(?<secret>[\w.~+/-]{8,}=*)/dgi
  },
  {
    // Any other scheme, or none: `Authorization: ApiKey …`.
    kind: "authorization",
    pattern: /\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:[a-z][\w-]{1,30}\s{1,3})?(?<secret>(?=\S{0,100}\d)[\w.~+/-]{16,}=*)/dgi
  },
  {
    kind: "url-signature",
    pattern: /[?&](?:sig|signature|x-amz-signature|x-goog-signature|x-amz-security-token)=(?<secret>[\w%+/=.~-]{16,4000})/dgi
  },
  { kind: "secret", pattern: /<(?:api_?key|secret|token|privatekey)>(?<secret>(?=[^<]{0,100}\d)[^<\s]{12,400})<\//dgi },
  { kind: "password", pattern: /<(?:password|passphrase)>(?<secret>[^<\s]{6,400})<\//dgi },
  {
    // A private key's DER in base64 on one line begins with its version and algorithm (RFC 5208, RFC 8017, RFC 5915).
    kind: "private-key",
    pattern: /(?<![A-Za-z0-9+/])(?<secret>(?:MII[A-Za-z0-9+/]{3}IBA(?:AK[BC]|DAN)|MH[cg]CAQE|MIG[HkT]AgE|MC4CAQAwBQYDK2Vw|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/]{40,20000}={0,2})/dg
  }
];
var cookieHeader = /\b(?:set-)?cookie["']?\s{0,3}:\s{0,3}["']?(?<pairs>[^\n"']{8,4000})/dgi;
var cookiePair = /(?<![^;,\s])(?!(?:expires|max-age|domain|path|samesite)=)[^=;,\s]{1,100}=(?<secret>(?=[^;,\s]{0,100}\d)(?=[^;,\s]{0,100}[a-z])[^;,\s[\]*]{8,4000})/dgi;
function secretsByPattern(text) {
  const found = secretsByForm(text);
  return [...found, ...namedSecrets(text, found)];
}
function secretsByForm(text) {
  const found = [...privateKeys(text), ...keyLines(text)].map((span) => ({ ...span, kind: "private-key" }));
  for (const { kind, pattern } of forms) found.push(...matches(text, pattern, kind));
  for (const header of text.matchAll(cookieHeader)) {
    const start = header.indices?.groups?.pairs?.[0] ?? 0;
    for (const { from, to, kind } of matches(header.groups?.pairs ?? "", cookiePair, "cookie"))
      found.push({ from: start + from, to: start + to, kind });
  }
  return found.sort((a, b) => a.from - b.from);
}
function matches(text, pattern, kind) {
  const found = [];
  for (const match of text.matchAll(pattern)) {
    const range = match.indices?.groups?.secret;
    if (range && !isPlaceholder(match.groups?.secret ?? "")) found.push({ from: range[0], to: range[1], kind });
  }
  return found;
}

// src/text/redact-by-form.ts
var redactedByForm = (text) => redactedAt(text, withOthers(secretsByPattern(text), randomTokens(text)));
function withOthers(found, others) {
  const known = merged(found);
  return merged([...known, ...apartFrom(known, others)]);
}
function apartFrom(known, others) {
  let next = 0;
  return others.toSorted((a, b) => a.from - b.from).filter(({ from, to }) => {
    while ((known[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next += 1;
    return (known[next]?.from ?? Number.POSITIVE_INFINITY) >= to;
  });
}
function redactedAt(text, secrets) {
  const parts = [];
  let from = 0;
  for (const secret of secrets) {
    const newlines = text.slice(secret.from, secret.to).replace(/[^\n]/g, "");
    parts.push(text.slice(from, secret.from), `[redacted:${secret.kind}]`, newlines);
    from = secret.to;
  }
  return parts.join("") + text.slice(from);
}
function merged(secrets) {
  const result = [];
  for (const secret of [...secrets].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result.at(-1);
    if (last && secret.from < last.to) last.to = Math.max(last.to, secret.to);
    else result.push({ ...secret });
  }
  return result;
}

// action/src/without-secrets.ts
var OUTPUT = 395e3;
function withoutSecrets(run6) {
  const { testCommand } = run6;
  return { ...run6, ...redactedEnd(run6), ...testCommand ? { testCommand: redactedEnd(testCommand) } : {} };
}
function redactedEnd(end) {
  return shortened({ ...end, output: redactedByForm(end.output) }, OUTPUT);
}

// action/src/validate.ts
async function validate2(settings, runner2, draft) {
  const { base, candidate, directory, token } = settings;
  draft.modifiedPaths = await checkPrepared(directory, base);
  const folder = await mkdtemp4(join14(runner2.temporary, "self-heal-work-"));
  const repositoryUrl = repositoryUrlOf(runner2.environment);
  const gitFolder = join14(folder, "candidate.git");
  const told = settings.files;
  const fetch = { base, candidate, repositoryUrl, token, gitFolder, told, tests: settings.tests };
  const { files, trees } = await fetchCandidate(fetch);
  draft.changedPaths = files.map(({ path }) => path);
  draft.trees = trees;
  const plan = planRuns(files, settings.tests, trees);
  const host = await readHost(hostQuestion(settings, runner2));
  const requestFor = (workTree) => requestOf(settings, runner2, host, workTree);
  const engine = await chooseEngine({ engine: settings.engine, image: settings.image, host, folder, requestFor });
  draft.engine = engine.name;
  try {
    const copies = join14(folder, "trees");
    await mkdir7(copies);
    const onRun = (ended) => {
      const run6 = withoutSecrets(ended);
      draft.add(run6);
      runner2.onRun(run6);
    };
    await carryOutRuns({
      engine,
      user: host.user,
      directory,
      folder: copies,
      plan,
      asked: settings,
      requestFor,
      onRun
    });
  } finally {
    await engine.close().catch((error3) => runner2.onWarning(`${engine.name} was not tidied up: ${String(error3)}`));
  }
}
function repositoryUrlOf(environment) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment;
  if (!server || !repository || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new ActionError(
      "GITHUB_SERVER_URL and GITHUB_REPOSITORY are not set: this Action works in a workflow job only."
    );
  }
  return `${server}/${repository}`;
}
function hostQuestion({ directory, readOnlyPaths, writablePaths }, runner2) {
  const named = [...readOnlyPaths, ...writablePaths];
  const keepOut = [runner2.temporary, ...workspaceOf(runner2.environment)];
  for (const path of named) {
    const uncovered = ["/", runner2.home, directory, ...keepOut].find((place2) => contains(path, place2));
    if (uncovered !== void 0 || /\.sock$/.test(path)) {
      throw new ActionError(
        `\`${readOnlyPaths.includes(path) ? "read-only" : "writable"}-paths\` names ${path}, which would show ${uncovered ?? "a socket"} to the tests. Name a narrower folder.`
      );
    }
  }
  return { path: runner2.environment.PATH ?? "", home: runner2.home, directory, keepOut, named };
}
function workspaceOf({ GITHUB_WORKSPACE: workspace }) {
  return workspace ? [workspace] : [];
}
function requestOf(settings, runner2, host, workTree) {
  const { command, directory, limits, readOnlyPaths, writablePaths } = settings;
  const ownImage = settings.image !== void 0;
  const home = ownImage ? "/home/sandbox" : host.home;
  const paths = { readOnlyPaths, writablePaths };
  const layout = { host, home, directory, workTree, ...paths, scratchMb: scratchMb(limits), ownImage };
  const environment = { home, extra: settings.environment, ownImage };
  return {
    command,
    mounts: planMounts(layout),
    directory,
    workTree,
    environment: sandboxEnvironment(runner2.environment, environment),
    limits,
    cancelled: runner2.cancelled
  };
}

// action/src/main.ts
async function main() {
  const token = getInput("token");
  if (token !== "") setSecret(token);
  const settings = parseInputs(getInput);
  const temporary = await mkdtemp5(join15(process.env.RUNNER_TEMP || tmpdir(), "self-heal-"));
  const work = await mkdtemp5(join15(temporary, "work-"));
  const draft = new ReportDraft(settings, process.env);
  try {
    await validate2(settings, { ...runner(), temporary: work }, draft);
  } catch (error3) {
    draft.error = error3 instanceof ActionError ? error3.message : `A defect of the Action: ${String(error3)}`;
    setFailed(error3 instanceof Error && !(error3 instanceof ActionError) ? error3 : draft.error);
  } finally {
    await removeTree(work).catch((error3) => warning(`Temporary files stay in ${work}: ${String(error3)}`));
  }
  await deliver(settings, draft, temporary);
}
function runner() {
  const cancel = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => cancel.abort());
  return { environment: process.env, home: homedir2(), cancelled: cancel.signal, onRun: show, onWarning: warning };
}
function show(run6) {
  for (const end of [run6, ...run6.testCommand ? [run6.testCommand] : []]) {
    const name = end === run6 ? nameOf(run6) : `${nameOf(run6)}, all tests`;
    const seconds2 = (end.durationMs / 1e3).toFixed(1);
    process.stdout.write(shownOutput(`Output of the run "${name}"`, end.output));
    info(`${name}: ${end.ended}, exit ${end.exitCode ?? "none"}, ${seconds2} s, ${resultOf(end).split(":")[0]}`);
  }
}
async function deliver(settings, draft, folder) {
  const report = draft.finish();
  const path = join15(folder, "self-heal-report.json");
  await writeReport(path, report);
  setOutput("report", path);
  setOutput("ran", String(report.error === void 0));
  info(`The report on ${settings.incident}, attempt ${settings.attempt}: ${path}`);
  if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(summaryOf(report)).write();
}
await main().catch((error3) => setFailed(error3 instanceof Error ? error3.message : String(error3)));
