// Python, Ruby, PHP and shell → what of them is dangerous to add.
import { code, type Danger, full } from './danger.ts';

export const python: readonly Danger[] = [
  code('process', /(?<![\w.])(?:subprocess|pty|pexpect|multiprocessing|plumbum)\.(?=\w)/g),
  code('process', /\bimport (?:os|sys|shutil) as \w+|\bfrom (?:os|sys|shutil|subprocess) import ?\*/g),
  code('process', /\b(?:import|from) (?:subprocess|pty|pexpect|ctypes|cffi)\b/g),
  code(
    'process',
    /\bos\.(?:system|popen|fork\w*|kill\w*|startfile|posix_spawnp?|spawn\w+|exec[lv]\w*)|\bshell=True\b/g,
  ),
  code('process', /\bfrom os import [^\n]{0,200}\b(?:system|popen|fork|exec\w+|spawn\w+|environ|getenv)\b/g),
  code('process', /\bcreate_subprocess_\w+|\b(?:Popen|check_output|check_call|getoutput)\(/g),
  code('evaluates', /(?<![\w.])(?:eval|exec)(?!\w)|(?<![\w.])compile\(|\b__import__\b|\bimportlib\b|\brunpy\b/g),
  code('evaluates', /\bbuiltins\b|\b__builtins__\b|\b(?:CodeType|FunctionType)\b|\bcode\.(?:interact|Interactive\w+)/g),
  code(
    'network',
    /(?<![\w.])(?:httpx|aiohttp|urllib\.request|urllib3|http\.client|httplib2?|smtplib|ftplib|telnetlib|paramiko|websockets|pycurl|xmlrpc|imaplib|poplib|boto3)(?=\.)/g,
  ),
  code(
    'network',
    /\b(?:import|from) (?:requests|httpx|aiohttp|urllib\.request|urllib3|http\.client|socket|smtplib|ftplib|telnetlib|paramiko|websockets?|pycurl|xmlrpc|boto3)\b/g,
  ),
  code('network', /(?<![\w.])requests\.(?:get|post|put|patch|delete|head|options|request|[sS]ession)\(/g),
  code('network', /(?<![\w.])socket\.(?:socket|create_\w+|get\w+)\(|\basyncio\.open_connection\b/g),
  code('network', /\bfrom urllib import request\b|\bwebbrowser\b|\burlopen\(|\burlretrieve\(/g),
  full(
    'environment',
    /\bos\.environ\b(?!\[["'](?:TZ|LANG|LC_\w+)["']\])|\bos\.(?:environb|getenvb?|getlogin)\b|\b(?:dotenv|keyring|getpass|netrc)\b(?=[.(\n ])/g,
  ),
  code(
    'trust',
    /\bverify=False\b|\bverify_(?:ssl|signature|exp|aud)\b["']?[=:]False|\bcheck_hostname=False\b|\bssl=False\b/g,
  ),
  full('trust', /["']verify_\w+["']:False|algorithms?=\[?["']none["']/gi),
  code('trust', /\b(?:_create_unverified_context|CERT_NONE|disable_warnings|AutoAddPolicy|csrf_exempt|AllowAny)\b/g),
  code(
    'trust',
    /\b(?:authentication|permission)_classes=(?:\[\]|\(\))|\bWTF_CSRF_ENABLED["'\]]*=False|\bautoescape=False\b/g,
  ),
  code('trust', /\bDEBUG=True\b|\.run\([^()\n]{0,100}debug=True\b/g),
  full('origins', /Access-Control-Allow-(?:Origin|Credentials)|allow_origins=\[["']\*|origins=["']\*/gi),
  full('origins', /\bCORS_(?:ORIGIN_)?ALLOW_ALL\w*|\bALLOWED_HOSTS=\[["']\*/g),
  code('markup', /\b(?:mark_safe|Markup)\(/g),
  code(
    'deserialises',
    /\b(?:c?[pP]ickle|marshal|shelve|dill|cloudpickle|jsonpickle|joblib)\.(?:loads?|open|Unpickler|decode)\b|\b(?:import|from) (?:c?[pP]ickle|marshal|dill|shelve|cloudpickle|jsonpickle)\b|\bfrom yaml import [^\n]{0,80}\b(?:unsafe_|full_)?load\b/g,
  ),
  code(
    'deserialises',
    /\byaml\.(?:load(?:_all)?\((?![^()\n]{0,120}Safe)|unsafe_load|full_load)|\ballow_pickle=True\b|\btorch\.load\b/g,
  ),
  code('permissions', /\bos\.(?:l?chmod|l?chown|set\w*[ug]id|umask)\b|\.chmod\(/g),
  code(
    'deletes',
    /\bshutil\.(?:rmtree|move)\b|\bos\.(?:remove|removedirs|unlink|rmdir)\b|\.(?:unlink|rmdir)\(|\brmtree\(/g,
  ),
  code('reflects', /(?<![\w.])(?:getattr|setattr|delattr)\([^(),\n]{1,80},(?:["']\u00b6["'](?![,)])|[\w.]+\()/g),
  code('reflects', /(?<![\w.])(?:getattr|setattr|delattr)\((?:os|sys|builtins|subprocess|__\w+__|unittest|pytest)\b/g),
  code(
    'reflects',
    /(?<![\w.])(?:globals|locals|vars)\(\)(?:\[|\.)|\b__(?:globals|subclasses|bases|mro|code|dict|getattribute)__\b/g,
  ),
  code(
    'reflects',
    /\bsys\.(?:modules|settrace|setprofile|_\w+|meta_path|path_hooks)\b|\bgc\.get_\w+|\bctypes\.|\binspect\.(?:stack|currentframe)/g,
  ),
  code('builtins', /\b(?:builtins|unittest\.\w+|pytest)\.\w+=(?!=)|\b\w+\.assert\w*=(?!=)|\bTestCase\.\w+=(?!=)/g),
  code(
    'builtins',
    /(?<![\w.])(?:assert_?\w*|isinstance|len|abs|print|open|str|int|float|bool|any|all)=(?!=)(?=lambda\b)/g,
  ),
  code('builtins', /\bdef __eq__\(self,\w+\)(?:->bool)?:\n?return True|\bsys\.(?:excepthook|unraisablehook)=/g),
  code(
    'ends',
    /\bos\._exit\b|\bos\.abort\b|\bsys\.exit\((?![1-9]|["'f]|\w+[(.]|[a-z]+\))|(?<![\w.])(?:exit|quit)\((?![1-9])|\braise SystemExit(?!\([1-9])/g,
  ),
  code(
    'ends',
    /\batexit\.|\bpytest\.exit\b|\bsignal\.(?:alarm|setitimer|raise_signal)\b|\braise (?:KeyboardInterrupt|GeneratorExit)\b|\bfaulthandler\b|\bthreading\.excepthook\b/g,
  ),
  code('tells', /\bsys\.argv\b|\btraceback\.(?:extract|format|walk)_stack\b|\b__debug__\b/g),
  code('waits', /\btime\.sleep\(|(?<![\w.])sleep\(|\basyncio\.sleep\((?!0\))/g),
  code('decides', /\bor True\b|\band False\b|\b(?:if|elif) (?:True|False|0|1|not True|not False)(?=[: ])|\bTrue or\b/g),
  code(
    'decodes',
    /\b(?:b(?:ase)?(?:16|32|64|85)|a85|standard_b64|urlsafe_b64)_?decode\b|\bfromhex\(|\bunhexlify\(|\bzlib\.decompress\b/g,
  ),
  code('decodes', /\bcodecs\.decode\b|\.join\((?:map\()?\(?chr\b|(?:chr\(\d+\)\+?){3}/g),
];

export const ruby: readonly Danger[] = [
  code(
    'process',
    /(?<![\w.:])(?:system|exec|spawn|fork)(?=[( "'])|\bKernel\.\w+|\bIO\.popen\b|\bOpen3\b|\bPTY\b|\bProcess\.\w+/g,
  ),
  code('process', /(?:^|[=(,\n ])(?:`|%x.)(?:\u00b6|#\{)/g),
  full('process', /\bopen\(["']\|/g),
  code('evaluates', /(?<![\w.])eval\b|\b(?:instance|class|module)_(?:eval|exec)\b|\bbinding\b|\bTOPLEVEL_BINDING\b/g),
  code('evaluates', /(?<![\w.])(?:require|load|require_relative)\(? ?(?!["']\u00b6["'])[\w(]/g),
  code('network', /\b(?:Net::\w+|Faraday|HTTParty|RestClient|Excon|TCPSocket|UDPSocket|Socket|OpenURI|URI\.open)\b/g),
  full('network', /\brequire ?\(?["'](?:net\/\w+|open-uri|socket|faraday|httparty|rest-client)["']/g),
  code('environment', /\bENV\b/g),
  code(
    'trust',
    /\bVERIFY_NONE\b|\bskip_(?:before_action|forgery_protection|authorization)\b|\bprotect_from_forgery\b/g,
  ),
  full('origins', /Access-Control-Allow-(?:Origin|Credentials)|\borigins ?\(?["']\*/gi),
  code('markup', /\.html_safe\b|(?<![\w.])raw[ (]/g),
  code('deserialises', /\bMarshal\.(?:load|restore)\b|\b(?:YAML|Psych)\.(?:load|unsafe_load)\b(?!_)|\bOj\.load\b/g),
  code('permissions', /\b(?:File|FileUtils)\.(?:l?chmod(?:_R)?|l?chown(?:_R)?|umask)\b|\.chmod\b/g),
  code('deletes', /\bFileUtils\.(?:rm\w*|remove\w*|mv)\b|\b(?:File|Dir)\.(?:delete|unlink|rmdir)\b/g),
  code(
    'reflects',
    /(?<!\w)(?:send|__send__|public_send|instance_variable_set|const_set)[( ](?!:\w)|\bconst_get\b|\bconstantize\b|\bObjectSpace\b/g,
  ),
  code(
    'builtins',
    /\bclass (?:String|Array|Object|Hash|Integer|Float|Kernel|NilClass|BasicObject)\b|\brefine [A-Z]\w*/g,
  ),
  code('builtins', /\b(?:define|alias|remove|undef)_method\b|\bmodule (?:Kernel|Minitest|RSpec)\b/g),
  code('ends', /(?<![\w.:@])(?:exit!?|abort)\b(?![( ]+[1-9]|[?=:])|\bat_exit\b|\bProcess\.exit!?/g),
  code('tells', /\$PROGRAM_NAME\b|\$0(?!\d)|(?<!\w)ARGV\b|(?<![\w.])caller(?:_locations)?\b(?!:)/g),
  code('waits', /(?<![\w.:])sleep[( ]/g),
  code('decides', /\|\|true\b|&&false\b|\b(?:if|unless) (?:true|false)\b/g),
  code('decodes', /\bBase64\.\w*decode64\b|\.unpack1?\b|\[["']?\d{2,3}(?:,\d{2,3}){3,}[^\]]{0,400}\]\.pack\b/g),
];

export const php: readonly Danger[] = [
  code(
    'process',
    /(?<![\w>:$])(?:system|exec|shell_exec|passthru|proc_open|popen|pcntl_\w+)\(|(?:^|[=(,;{\n ])`\u00b6/g,
  ),
  code('evaluates', /(?<![\w>:$])(?:eval|create_function|call_user_func(?:_array)?|dl)\(|\bassert\(["']/g),
  full('evaluates', /["'](?:system|exec|shell_exec|passthru|proc_open|popen|eval|assert|create_function)["']/g),
  code('evaluates', /\b(?:include|require)(?:_once)?[ (]*(?!["']\u00b6["']|__DIR__)[$\w(]/g),
  code(
    'network',
    /(?<![\w>:$])(?:curl_\w+|fsockopen|pfsockopen|stream_socket_\w+|socket_create|mail|fopen_url)\(|\bGuzzleHttp\b/g,
  ),
  full('network', /(?:file_get_contents|fopen|copy|file|readfile)\(["'](?:https?|ftp|php|data|phar):/g),
  code('environment', /(?<![\w>:$])(?:getenv|putenv|phpinfo|get_defined_vars)\(|\$_(?:ENV|SERVER)\b/g),
  full('trust', /CURLOPT_SSL_VERIFY(?:PEER|HOST)|["']verify(?:_peer(?:_name)?)?["']=>(?:false|0)|allow_self_signed/g),
  full('origins', /Access-Control-Allow-(?:Origin|Credentials)/gi),
  code('deserialises', /(?<![\w>:$])unserialize\(/g),
  code('permissions', /(?<![\w>:$])(?:chmod|chown|chgrp|umask|posix_set\w+)\(/g),
  code('deletes', /(?<![\w>:$])(?:unlink|rmdir|rename)\(/g),
  code(
    'reflects',
    /(?<![\w>:$])(?:extract|parse_str|ini_set|set_error_handler|error_reporting|register_shutdown_function)\(|\bnew \$|\$\$\w+|->\$\w+\(|\bReflection\w+/g,
  ),
  code('ends', /(?<![\w>:$])(?:exit|die)(?=[;(])(?!\([1-9])/g),
  code('tells', /\$argv\b|\bPHP_SAPI\b|\bphp_sapi_name\(|\bdebug_(?:print_)?backtrace\(/g),
  code('waits', /(?<![\w>:$])u?sleep\(/g),
  code('decides', /\|\|true\b|&&false\b|\bif\((?:true|false|0|1)\)/g),
  code('decodes', /(?<![\w>:$])(?:base64_decode|gzinflate|gzuncompress|str_rot13|hex2bin|convert_uudecode|pack)\(/g),
];

export const shell: readonly Danger[] = [
  code('network', /(?<![\w.-])(?:curl|wget|nc|ncat|netcat|ssh|scp|rsync|ftp|telnet|socat|dig|nslookup)(?=[ "'$])/g),
  full('network', /\/dev\/(?:tcp|udp)\//g),
  code(
    'evaluates',
    /(?<![\w.-])(?:eval|source|exec)(?=[ "'$])|(?<![\w.-])(?:ba|z|da|k)?sh ?-c\b|\| ?(?:sudo )?(?:ba|z|da)?sh\b/g,
  ),
  code('environment', /(?<![\w.-])(?:printenv|env|declare -x|export -p)(?![\w=-])/g),
  code(
    'trust',
    /--(?:insecure|no-check-certificate|no-verify)\b|\bNODE_TLS_REJECT_UNAUTHORIZED\b|StrictHostKeyChecking=no/g,
  ),
  code('permissions', /(?<![\w.-])(?:chmod|chown|sudo|setfacl|usermod|doas)(?=[ "'$])/g),
  code('deletes', /(?<![\w.-])(?:rm|shred|rmdir|truncate)(?=[ "'$-])/g),
  code('ends', /\bexit(?: ?0)?(?=[\n;}]|$)|\bset ?\+[eu]\b|\btrap\b|\|\| ?(?:true|:|exit 0|echo|return 0)/g),
  code('waits', /(?<![\w.-])sleep(?=[ "'$])/g),
  code('decodes', /\bbase64 ?(?:-d|-D|--decode)|\bxxd ?-r|\bopenssl enc\b/g),
];
