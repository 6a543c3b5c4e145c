// The frames of a Java trace, innermost first → the file and line to open: the test's own for an assertion, else the innermost own one.
import type { Failure, StackFrame } from '../../incident/failure.ts';
import { isForeign } from '../stack-trace.ts';
import type { JavaTest } from './java-trace.ts';

/** What projects are built on; where a test's name tells the project's own package, that decides. */
const library =
  /^(?:com\/sun|kotlinx?|groovy|junit|reactor|android|androidx|feign|okhttp3|retrofit2|ch\/qos|worker\/org\/gradle|net\/bytebuddy|org\/(?:junit|opentest4j|hamcrest|assertj|testng|mockito|powermock|spockframework|scalatest|gradle|codehaus|springframework|hibernate|jboss|slf4j|jetbrains|postgresql|h2|thymeleaf|eclipse\/jetty|apache\/(?:maven|tools|groovy|logging|commons|catalina|tomcat|http|kafka|spark))|io\/(?:kotest|mockk|netty|micrometer|reactivex|restassured)|com\/(?:google\/(?:common|inject|gson)|fasterxml|zaxxer|mysql|intellij))\//;
/** Groups that many projects share: their own name is one segment longer. */
const shared = /^(?:org\/apache|(?:com|io)\/github|com\/google|org\/eclipse)\//;

export function javaPlace(
  frames: readonly StackFrame[],
  test: JavaTest | undefined,
  isAssertion: boolean,
): Partial<Pick<Failure, 'file' | 'line'>> {
  const own = test ? ownPackage(test.owner) : '';
  const isOwn = ({ file }: StackFrame): boolean => own !== '' && file.startsWith(own);
  const ofTest = isAssertion && test ? frameOfTest(frames, test) : undefined;
  const frame =
    ofTest ?? frames.find(isOwn) ?? frames.find((one) => !isForeign(one) && !library.test(one.file) && !isLibrary(one));
  return frame ? { file: inPackage(frame.file, test), ...(frame.line ? { line: frame.line } : {}) } : {};
}

/** Gradle's short form names the file alone: `PriceTest.java:9`. */
function inPackage(file: string, test: JavaTest | undefined): string {
  const path = test?.owner.replace(/\$.*$/, '').replaceAll('.', '/') ?? '';
  return path.endsWith(`/${file.replace(/\.\w+$/, '')}`) ? `${path}${file.slice(file.lastIndexOf('.'))}` : file;
}

const isLibrary = ({ file }: StackFrame): boolean => /^(?:java|javax|jdk|sun|scala)\//.test(file);

function ownPackage(owner: string): string {
  const folders = owner.split('.').slice(0, -1);
  const length = shared.test(`${folders.join('/')}/`) ? 3 : 2;
  return folders.length > 0 ? `${folders.slice(0, length).join('/')}/` : '';
}

/** The test's method stands in a base class, too, or in a lambda: `lambda$half$0`. */
function frameOfTest(frames: readonly StackFrame[], { owner, method = '' }: JavaTest): StackFrame | undefined {
  const name = method.replace(/[({[].*$/, '').trim();
  const simple = owner.split('.').at(-1) ?? owner;
  const isMethod = (one: string): boolean => one.endsWith(`.${name}`) || one.includes(`.lambda$${name}$`);
  const inClass = (one: string): boolean => one.startsWith(`${owner}.`) || one.includes(`.${simple}.`);
  return (
    frames.find((frame) => name !== '' && isMethod(frame.function ?? '') && !library.test(frame.file)) ??
    frames.find((frame) => inClass(frame.function ?? ''))
  );
}
