// Reads a workflow command (`::error file=a.js,line=1::text`, or the older `##[error]text`) out of a line of output.

export interface WorkflowCommand {
  name: string;
  properties: Record<string, string>;
  data: string;
}

const unescapeData = (text: string): string => text.replace(/%0D/gi, '\r').replace(/%0A/gi, '\n').replace(/%25/g, '%');

const unescapeProperty = (text: string): string => unescapeData(text.replace(/%3A/gi, ':').replace(/%2C/gi, ','));

const unescapeLegacy = (text: string): string =>
  text.replace(/%3B/gi, ';').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n').replace(/%5D/gi, ']').replace(/%25/g, '%');

function propertiesOf(text: string, separator: string, decode: (text: string) => string): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const pair of text.split(separator)) {
    const equals = pair.indexOf('=');
    if (equals > 0) properties[pair.slice(0, equals).trim().toLowerCase()] = decode(pair.slice(equals + 1));
  }
  return properties;
}

function split(info: string): [string, string] {
  const space = info.indexOf(' ');
  return space < 0 ? [info, ''] : [info.slice(0, space), info.slice(space + 1)];
}

/** A command of today: the line starts with `::`, blanks aside. */
function parseCurrent(line: string): WorkflowCommand | undefined {
  const trimmed = line.trimStart();
  if (!trimmed.startsWith('::')) return undefined;
  const end = trimmed.indexOf('::', 2);
  if (end < 0) return undefined;
  const [name, properties] = split(trimmed.slice(2, end));
  return {
    name: name.toLowerCase(),
    properties: propertiesOf(properties, ',', unescapeProperty),
    data: unescapeData(trimmed.slice(end + 2)),
  };
}

/** A command of old, which the runner still obeys, anywhere in the line. */
function parseLegacy(line: string): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  const [name, properties] = split(line.slice(start + 3, end));
  return {
    name: name.toLowerCase(),
    properties: propertiesOf(properties, ';', unescapeLegacy),
    data: unescapeLegacy(line.slice(end + 1)),
  };
}

/** The command in `line` if `isKnown` knows its name; any other line is output. */
export function parseCommand(line: string, isKnown: (name: string) => boolean): WorkflowCommand | undefined {
  for (const command of [parseCurrent(line), parseLegacy(line)]) {
    if (command && isKnown(command.name)) return command;
  }
  return undefined;
}
