// Go, Java, Rust, C#, C and C++ → what of them is dangerous to add.
import { code, type Danger, full } from './danger.ts';

export const go: readonly Danger[] = [
  full('process', /["']os\/exec["']|["']plugin["']|["']syscall["']/g),
  code('process', /\bexec\.Command(?:Context)?\b|\bos\.StartProcess\b|\bsyscall\.\w+|\bplugin\.Open\b/g),
  full('network', /["'](?:net|net\/http|net\/rpc|net\/smtp|golang\.org\/x\/net\/websocket)["']/g),
  code(
    'network',
    /\bhttp\.(?:Get|Post|PostForm|Head|NewRequest\w*|Client|DefaultClient|ListenAndServe\w*)\b|\bnet\.(?:Dial\w*|Listen\w*|Lookup\w+)\b/g,
  ),
  code('environment', /\bos\.(?:Getenv|LookupEnv|Environ|ExpandEnv|UserHomeDir)\b/g),
  code('trust', /\bInsecureSkipVerify\b|\bInsecureIgnoreHostKey\b|\bUnsafeAllowNoneSignatureType\b/g),
  full(
    'origins',
    /Access-Control-Allow-(?:Origin|Credentials)|\bAllowAllOrigins\b|AllowedOrigins:\[\]string\{["']\*/gi,
  ),
  code('markup', /\btemplate\.(?:HTML|JS|URL)\(/g),
  code('permissions', /\bos\.(?:Chmod|Chown|Lchown)\b|\b0?o?777\b/g),
  code('deletes', /\bos\.(?:RemoveAll|Remove|Rename|Truncate)\b/g),
  full('reflects', /["']unsafe["']/g),
  code('reflects', /\bunsafe\.\w+|\breflect\.(?:NewAt|MakeFunc)\b|\.MethodByName\(|\.FieldByName\(/g),
  code('ends', /\bos\.Exit\((?![1-9])|\brecover\(\)|\bruntime\.Goexit\b|\bos\.Stderr=|\bflag\.CommandLine=/g),
  code('ends', /(?<![\w,])_=(?:err|\w+(?:\.\w+)*\()|(?<![\w,])_=[\w.]*[eE]rr\b|,_:?=(?=[\w.]+\()/g),
  full('tells', /["']testing["']/g),
  code('tells', /\btesting\.Testing\(|\bos\.Args\b|\bflag\.Lookup\(|\bruntime\.Callers?\(|\bdebug\.Stack\(/g),
  code('waits', /\btime\.(?:Sleep|After)\(/g),
  code('decides', /\|\|true\b|&&false\b|\bif (?:true|false)\{/g),
  code('decodes', /\bbase64\.\w+|\bhex\.Decode\w*/g),
];

export const java: readonly Danger[] = [
  code('process', /\bRuntime\.getRuntime\b|\bProcessBuilder\b|\bProcess\b(?= \w)/g),
  code(
    'evaluates',
    /\bScriptEngine\w*|\b(?:URL)?ClassLoader\b|\bdefineClass\b|\bGroovyShell\b|\bSpelExpressionParser\b|\bSystem\.load(?:Library)?\b/g,
  ),
  code(
    'network',
    /\bnew (?:URL|Socket|ServerSocket|DatagramSocket|RestTemplate|OkHttpClient)\(|\bHttp(?:s?URL)?(?:Connection|Client)\b|\bopenConnection\b|\bopenStream\b|\bWebClient\b|\bInitialContext\b/g,
  ),
  code('environment', /\bSystem\.(?:getenv|getProperty|getProperties)\b/g),
  code('tells', /\bgetStackTrace\(|\bStackWalker\b/g),
  code(
    'trust',
    /\b(?:X509TrustManager|TrustManager|HostnameVerifier|NoopHostnameVerifier|TrustAll\w*|ALLOW_ALL\w*|setHostnameVerifier|TrustSelfSignedStrategy)\b/g,
  ),
  code(
    'trust',
    /\.permitAll\b|\bcsrf\(\)\.disable\b|\bcsrf\([^)\n]{0,40}disable|\bAbstractHttpConfigurer::disable\b|@PermitAll\b|\bsetSecurityManager\b/g,
  ),
  code('origins', /@CrossOrigin\b|\baddAllowedOrigin\w*|\ballowedOrigin(?:s|Patterns)\b/g),
  full('origins', /Access-Control-Allow-(?:Origin|Credentials)/gi),
  code(
    'deserialises',
    /\b(?:ObjectInputStream|XMLDecoder|XStream|readObject|readUnshared|enableDefaultTyping|activateDefaultTyping|SnakeYaml)\b/g,
  ),
  code('permissions', /\bset(?:Executable|Readable|Writable|PosixFilePermissions)\(|\bdoPrivileged\b/g),
  code(
    'deletes',
    /\bFiles\.(?:delete|deleteIfExists|move)\b|\bdelete(?:Recursively|OnExit|Directory)\b|\b\w{0,40}[fF]ile\w{0,40}(?:\([^()\n]{0,100}\))?\.delete\(/g,
  ),
  code(
    'reflects',
    /\bClass\.forName\b|\bsetAccessible\b|\bgetDeclared(?:Method|Field|Constructor)s?\b|\bMethodHandles\b|\bUnsafe\b|\.getMethod\(["'\w]|\bProxy\.newProxyInstance\b/g,
  ),
  code(
    'ends',
    /\bSystem\.exit\((?![1-9])|\bimport static java\.lang\.(?:System|Runtime)\b|\.halt\(|\bThreadDeath\b|\baddShutdownHook\b|\bsetDefaultUncaughtExceptionHandler\b/g,
  ),
  code('waits', /\bThread\.sleep\(|\bTimeUnit\.\w+\.sleep\(|\bLockSupport\.park\w*/g),
  code('decides', /\|\|true\b|&&false\b|\bif\((?:true|false)\)/g),
  code('decodes', /\bBase64\.get\w*Decoder\b|\bDatatypeConverter\b|\bHexFormat\b/g),
];

export const rust: readonly Danger[] = [
  code('process', /\bCommand::new\b|\bprocess::Command\b|\blibc::\w+|\bnix::\w+/g),
  code('evaluates', /\blibloading\b|\bdlopen\w*/g),
  code('network', /\b(?:TcpStream|TcpListener|UdpSocket|reqwest|ureq|hyper|isahc|surf|tungstenite)\b/g),
  code('environment', /\benv::(?:var|vars|var_os|vars_os)\b|(?<!\w)(?:option_)?env!/g),
  code('trust', /\bdanger_\w+|\bset_verify\b|\bSslVerifyMode::NONE\b|\baccept_invalid_\w+/g),
  full('origins', /Access-Control-Allow-(?:Origin|Credentials)|\bCors(?:Layer)?::(?:permissive|very_permissive)\b/gi),
  code('permissions', /\bset_permissions\b|\bset_mode\b|\bfrom_mode\b/g),
  code('deletes', /\bremove_(?:dir_all|dir|file)\b/g),
  code('reflects', /\bunsafe\b|\btransmute\b|\binclude_(?:str|bytes)!|\basm!/g),
  code('tells', /\bcfg!\(|\bcurrent_exe\b|\benv::args\b|\bBacktrace::\w+/g),
  code(
    'ends',
    /\bprocess::(?:exit(?!\w|\([1-9])|abort\b|\{[^{}\n]{0,80}\b(?:exit|abort)\b)|\bcatch_unwind\b|\bset_hook\b/g,
  ),
  code(
    'ends',
    /\blet _=(?=[\w:.]+[!(])|\.ok\(\);|\bif let Err\(_\w*\)=[^{}\n]{1,120}\{\}|\bErr\(_\w*\)=>(?:\{\}|\(\))/g,
  ),
  code('waits', /\bthread::sleep\b|\btime::sleep\b/g),
  code('decides', /\|\|true\b|&&false\b|\bif (?:true|false)\{/g),
  code('decodes', /\bbase64::\w+|\bhex::decode\b|\bBASE64\w*/g),
];

export const csharp: readonly Danger[] = [
  code('process', /\bProcess\.Start\b|\bProcessStartInfo\b|\bnew Process\b/g),
  code(
    'evaluates',
    /\bAssembly\.Load\w*|\bCSharpScript\b|\bActivator\.CreateInstance\b|\bDllImport\b|\bReflection\.Emit\b/g,
  ),
  code('network', /\b(?:HttpClient|WebClient|WebRequest|HttpWebRequest|TcpClient|UdpClient|Socket|SmtpClient|Dns)\b/g),
  code('environment', /\bEnvironment\.(?:GetEnvironmentVariables?|ExpandEnvironmentVariables)\b/g),
  code(
    'trust',
    /\bServerCertificate(?:Custom)?Validation\w*|\bDangerousAcceptAny\w*|\bAllowAnonymous\b|\bIgnoreAntiforgeryToken\b|\bValidate(?:Issuer|Audience|Lifetime|IssuerSigningKey)=false\b/g,
  ),
  code('origins', /\bAllowAny(?:Origin|Header|Method)\b|\bSetIsOriginAllowed\b/g),
  full('origins', /Access-Control-Allow-(?:Origin|Credentials)/gi),
  code('markup', /\bHtml\.Raw\b/g),
  code(
    'deserialises',
    /\b(?:BinaryFormatter|NetDataContractSerializer|LosFormatter|SoapFormatter|ObjectStateFormatter|TypeNameHandling|JavaScriptSerializer)\b/g,
  ),
  code('permissions', /\bSetAccessControl\b|\bSetUnixFileMode\b/g),
  code('deletes', /\b(?:File|Directory)\.(?:Delete|Move)\b/g),
  code('reflects', /\bType\.GetType\b|\.GetMethod\(["']|\bInvokeMember\b|\bunsafe\b|\bBindingFlags\b|\bMarshal\.\w+/g),
  code(
    'tells',
    /\bEnvironment\.(?:CommandLine|GetCommandLineArgs|StackTrace)\b|\bAppDomain\b|\bDebugger\.IsAttached\b/g,
  ),
  code('ends', /\bEnvironment\.(?:Exit\((?![1-9])|FailFast|ExitCode=)|\bUnhandledException\b/g),
  code('waits', /\bThread\.Sleep\(|\bTask\.Delay\(|\bSpinWait\b/g),
  code('decides', /\|\|true\b|&&false\b|\bif\((?:true|false)\)/g),
  code('decodes', /\bFromBase64\w+|\bFromHexString\b/g),
];

export const cpp: readonly Danger[] = [
  code(
    'process',
    /(?<![\w.>])(?:system|popen|fork|vfork|exec[lv]p?e?|posix_spawnp?|dlopen|LoadLibrary\w*|CreateProcess\w*|WinExec|ShellExecute\w*)\(/g,
  ),
  code('network', /(?<![\w.>])(?:socket|getaddrinfo|gethostbyname|curl_easy_\w+)\(/g),
  code('environment', /(?<![\w.>])(?:secure_)?getenv\(|\benviron\b/g),
  code('permissions', /(?<![\w.>])f?ch(?:mod|own)\(|(?<![\w.>])set[er]*[ug]id\(|\bfs::permissions\b/g),
  code('deletes', /(?<![\w.>])(?:unlink|rmdir)\(|\bremove_all\b/g),
  code('reflects', /\b__asm__\b|(?<!\w)asm\(/g),
  code(
    'ends',
    /(?<![\w.>])(?:_exit|_Exit|quick_exit|abort)\(|(?<![\w.>])exit\((?![1-9])|\batexit\(|\bset_terminate\b/g,
  ),
  code('waits', /(?<![\w.>])u?sleep\(|\bsleep_(?:for|until)\b|\bnanosleep\(/g),
  code('decides', /\|\|true\b|&&false\b|\bif\((?:true|false|0|1)\)|\bdefine (?:assert|ASSERT\w*|EXPECT\w*)\b/g),
];
