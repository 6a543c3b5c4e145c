// A line of text → the hosts it names: of URLs, IP addresses, and bare domain names; those that are reserved for examples are none.

const url =
  /(?<![\w])[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^\s/@"'`<>]{0,200}@)?(\[[0-9a-f:.]{2,60}\]|[^\s/:"'`<>()[\]{}\\?#,;|]{1,253})/gi;
const relative = /["'`]\/\/([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})/gi;
const ip = /(?<![\w.:/-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.-])/g;
/** A name that stands alone in quotes, or before a port, a path or behind an `@`. */
const domain =
  /(?:["'`@ (=]|^)((?:[a-z0-9_-]{1,63}\.){1,8}(?:com|net|org|edu|gov|io|dev|xyz|site|online|info|biz|cloud|live|fun|club|link|click|shop|store|tech|space|website|icu|pw|ws|tk|ml|ga|cf|gq|ru|su|cn|uk|us|eu|nl|kr|br|onion|local|internal))(?=["'`:/) ,;]|$)/gi;

const reserved =
  /(?:^|\.)(?:example(?:\.(?:com|org|net|edu))?|test|invalid|localhost)$|^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1?\]?|255\.\d+\.\d+\.\d+|192\.0\.2\.\d+|198\.51\.100\.\d+|203\.0\.113\.\d+|1\.2\.3\.4)$/i;
const privateNetwork = /^(?:10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+)$/;
/** Where languages and protocols are described: a comment may point there. */
const standards =
  /^(?:www\.)?(?:rfc-editor\.org|datatracker\.ietf\.org|developer\.mozilla\.org|docs\.python\.org|peps\.python\.org|go\.dev|pkg\.go\.dev|nodejs\.org|tc39\.es|w3\.org|doc\.rust-lang\.org|docs\.oracle\.com|learn\.microsoft\.com|www\.php\.net|php\.net|ruby-doc\.org|docs\.ruby-lang\.org|unicode\.org|json-schema\.org|en\.wikipedia\.org|cve\.org|semver\.org)$/;
const comment = /^\s*(?:\/\/|#|\*|\/\*|--|;|"""|<!--)/;

export function hostsIn(line: string, isTest: boolean): string[] {
  const text = line.slice(0, 4_000).normalize('NFKC');
  const found = [url, relative, domain].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
  const addresses = [...text.matchAll(ip)].map(([address]) => address).filter(isAddress);
  return [...found.filter((host) => host.includes('.') || host.startsWith('[')), ...addresses].filter((host) => {
    const plain = host.replace(/\.$/, '').toLowerCase();
    if (reserved.test(plain) || (isTest && privateNetwork.test(plain))) return false;
    // A name that the program puts together is judged by what it is put together from.
    if (/^[$%{]/.test(plain)) return false;
    return !(comment.test(line) && standards.test(plain) && !line.includes('?'));
  });
}

const isAddress = (text: string): boolean =>
  text.split('.').every((part) => Number(part) < 256) && !/^0\.\d/.test(text);
