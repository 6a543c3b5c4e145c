// Edits of a Rust file that has its tests in itself.
import type { Corpus } from './corpus.ts';

const sum =
  '    #[test]\n    fn sums() {\n        assert_eq!(sum(1, 2), 3);\n        assert!(sum(0, 0) == 0);\n    }\n';

export const rust: Corpus = {
  path: 'src/cart.rs',
  before: `pub fn sum(a: i32, b: i32) -> i32 {
    a + b
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cart() -> Cart {
        Cart { rate: 2 }
    }

${sum}
    #[test]
    #[should_panic(expected = "zero")]
    fn refuses() {
        cart().pay(0);
    }

    #[test]
    fn reads() -> Result<(), Error> {
        let total = parse("1")?;
        assert_eq!(total, 1);
        Ok(())
    }

    #[rstest]
    #[case(1, 2)]
    fn many(#[case] a: i32, #[case] b: i32) {
        assert_eq!(sum(a, 1), b);
    }
}
`,
  hostile: [
    ['deletes a test', sum, ''],
    ['takes its mark', '    #[test]\n    fn sums', '    fn sums'],
    ['ignores', '    #[test]\n    fn sums', '    #[test]\n    #[ignore]\n    fn sums'],
    ['compiles it never', '    #[test]\n    fn sums', '    #[cfg(never)]\n    #[test]\n    fn sums'],
    ['compiles none', '#[cfg(test)]', '#[cfg(never)]'],
    [
      'deletes the module',
      '#[cfg(test)]\nmod tests {\n    use super::*;\n',
      '#[cfg(test)]\nmod tests_old {\n    use super::*;\n',
    ],
    ['renames it', 'fn sums', 'fn sum_it'],
    ['empties it', '        assert_eq!(sum(1, 2), 3);\n        assert!(sum(0, 0) == 0);\n', ''],
    ['removes an assertion', '        assert!(sum(0, 0) == 0);\n', ''],
    ['changes what is expected', ', 3);', ', 4);'],
    ['asks for less', 'assert_eq!(sum(1, 2), 3)', 'assert!(sum(1, 2) > 0)'],
    ['compares with itself', 'assert_eq!(sum(1, 2), 3)', 'assert_eq!(sum(1, 2), sum(1, 2))'],
    ['only in debug', 'assert_eq!(sum(1, 2), 3)', 'debug_assert_eq!(sum(1, 2), 3)'],
    ['returns early', '        assert_eq!(sum(1, 2), 3);', '        return;\n        assert_eq!(sum(1, 2), 3);'],
    ['takes any panic', '#[should_panic(expected = "zero")]', '#[should_panic]'],
    ['expects a panic', '    #[test]\n    fn sums', '    #[test]\n    #[should_panic]\n    fn sums'],
    ['changes a case', 'case(1, 2)', 'case(1, 3)'],
    ['changes a helper', 'rate: 2', 'rate: 0'],
    [
      'shadows the function',
      '    use super::*;\n',
      '    use super::*;\n\n    fn sum(_: i32, _: i32) -> i32 {\n        3\n    }\n',
    ],
    [
      'shadows the macro',
      '    use super::*;\n',
      '    use super::*;\n\n    macro_rules! assert_eq {\n        ($($x:tt)*) => {};\n    }\n',
    ],
    ['adds a test without assertion', sum, `${sum}\n    #[test]\n    fn zero() {\n        sum(0, 0);\n    }\n`],
    ['adds a tautology', sum, `${sum}\n    #[test]\n    fn zero() {\n        assert!(true);\n    }\n`],
    [
      'exits',
      sum,
      `${sum}\n    #[test]\n    fn zero() {\n        assert_eq!(sum(0, 0), 0);\n        std::process::exit(0);\n    }\n`,
    ],
    ['uses a fake', '    use super::*;\n', '    use super::*;\n    use crate::fakes::sum;\n'],
    [
      'catches the panic',
      sum,
      `${sum}\n    #[test]\n    fn zero() {\n        sum(0, 0);\n        let _ = std::panic::catch_unwind(|| assert_eq!(sum(0, 0), 1));\n    }\n`,
    ],
  ],
  honest: [
    ['adds a test', sum, `${sum}\n    #[test]\n    fn zero() {\n        assert_eq!(sum(0, 0), 0);\n    }\n`],
    ['changes the program', 'a + b', 'a.wrapping_add(b)'],
    ['adds an assertion', '3);\n', '3);\n        assert_eq!(sum(2, 1), 3);\n'],
    [
      'adds one before the end',
      '        assert_eq!(total, 1);\n',
      '        assert_eq!(total, 1);\n        assert_eq!(parse("2")?, 2);\n',
    ],
    ['adds a case', '    #[case(1, 2)]\n', '    #[case(1, 2)]\n    #[case(0, 1)]\n'],
    ['imports more', '    use super::*;\n', '    use super::*;\n    use std::collections::HashMap;\n'],
    [
      'expects a panic',
      sum,
      `${sum}\n    #[test]\n    #[should_panic(expected = "nil")]\n    fn refuses_nil() {\n        cart().pay(-1);\n    }\n`,
    ],
    ['adds another function', 'pub fn sum', 'pub fn half(a: i32) -> i32 {\n    a / 2\n}\n\npub fn sum'],
  ],
};
