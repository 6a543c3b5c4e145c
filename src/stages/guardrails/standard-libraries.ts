// A language → the modules that come with it.
import { isBuiltin } from 'node:module';
import type { GrammarName } from '../../syntax/grammars.ts';

/** Top-level modules of CPython 3, also those that newer versions have dropped. */
const python = new Set(
  `
  __future__ abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect
  builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent
  configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis
  distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib
  functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr
  imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math
  mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator
  optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile
  pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy
  sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3
  sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig
  syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace
  traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref
  webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
  `
    .trim()
    .split(/\s+/),
);

/** Libraries and default gems of Ruby 3. */
const ruby = new Set(
  `
  abbrev base64 benchmark bigdecimal cgi coverage csv date delegate did_you_mean digest drb English erb etc fcntl fiddle
  fileutils find forwardable getoptlong io ipaddr irb json logger matrix minitest monitor mutex_m net nkf objspace observer
  open3 open-uri openssl optparse ostruct pathname pp prettyprint prime pstore psych pty racc rake rbconfig readline reline
  resolv rexml rinda ripper rss rubygems securerandom set shellwords singleton socket stringio strscan syslog tempfile test
  time timeout tmpdir tracer tsort un unicode_normalize uri weakref webrick yaml zlib bundler
  `
    .trim()
    .split(/\s+/),
);

const outside = (first: RegExp) => (name: string) => first.test(name);

/** By the name that `packageOf` gives. */
const standard: Partial<Record<GrammarName, (name: string) => boolean>> = {
  python: (name) => python.has(name),
  ruby: (name) => ruby.has(name),
  go: (name) => !(name.split('/')[0] ?? '').includes('.'),
  java: outside(/^(?:javax?|jdk|sun|kotlin|scala)\b/),
  'c-sharp': outside(/^(?:System|Microsoft\.(?:CSharp|VisualBasic|Win32|VisualStudio))(?:\.|$)/),
  rust: outside(/^(?:std|core|alloc|proc_macro|test|crate|self|super|Self)$/),
  php: outside(/^[A-Z]\w*$/),
};

export const isStandard = (grammar: GrammarName, name: string): boolean =>
  (standard[grammar] ?? ((module: string) => module.startsWith('node:') || isBuiltin(module)))(name);
