// Edits of an rspec and a minitest file.
import type { Corpus } from './corpus.ts';

const tax = "  it 'adds tax' do\n    expect(cart.total).to eq 3\n  end\n";

export const ruby: Corpus = {
  path: 'spec/cart_spec.rb',
  before: `require 'cart'

RSpec.describe Cart do
  let(:cart) { Cart.new(2) }

  before { cart.clear }

${tax}
  describe '#pay' do
    it 'refuses' do
      expect { cart.pay(0) }.to raise_error(ArgumentError)
      expect(cart.rate).to be_within(0.1).of(2)
    end
  end
end

class CartTest < Minitest::Test
  def test_total
    assert_equal 3, Cart.new(1).total
  end
end
`,
  hostile: [
    ['deletes a test', tax, ''],
    ['renames a test', "'adds tax'", "'adds'"],
    ['xit', "  it 'adds tax'", "  xit 'adds tax'"],
    ['skips', "it 'adds tax' do", "it 'adds tax', skip: true do"],
    ['marks it pending', '    expect(cart.total)', "    pending 'later'\n    expect(cart.total)"],
    ['focuses another', "    it 'refuses'", "    fit 'refuses'"],
    ['skips the suite', "  describe '#pay'", "  xdescribe '#pay'"],
    ['empties it', '    expect(cart.total).to eq 3\n', ''],
    ['returns early', '    expect(cart.total)', '    next\n    expect(cart.total)'],
    ['swallows', '    expect(cart.total).to eq 3\n', '    expect(cart.total).to eq 3 rescue nil\n'],
    ['asks for less', 'to eq 3', 'to be_truthy'],
    ['negates', '.to eq 3', '.not_to eq 3'],
    ['changes what is expected', 'eq 3', 'eq 4'],
    ['takes any error', 'raise_error(ArgumentError)', 'raise_error'],
    ['widens the tolerance', 'be_within(0.1)', 'be_within(10)'],
    ['changes a let', 'Cart.new(2)', 'Cart.new(0)'],
    ['overrides a let', "  describe '#pay' do", "  describe '#pay' do\n    let(:cart) { double(total: 3) }"],
    ['adds a hook', tax, `  before { allow_any_instance_of(Cart).to receive(:total).and_return(3) }\n\n${tax}`],
    ['shadows a test', '  def test_total', '  def test_total; end\n\n  def test_total'],
    ['replaces a test', '', 'class CartTest\n  def test_total; end\nend\n'],
    ['reopens the assertions', '', 'module Minitest::Assertions\n  def assert_equal(*); end\nend\n'],
    ['renames a method', 'def test_total', 'def total'],
    ['ends at once', '', 'exit!(0)\n'],
    ['adds a test without assertion', tax, `${tax}\n  it 'is empty' do\n    cart.total\n  end\n`],
    ['adds a tautology', tax, `${tax}\n  it 'is empty' do\n    expect(true).to eq true\n  end\n`],
    [
      'patches the program',
      tax,
      `${tax}\n  it 'is free' do\n    Cart.class_eval { def total; 3; end }\n    expect(cart.total).to eq 3\n  end\n`,
    ],
    ['includes what swallows', '  def test_total', '  include Quiet\n\n  def test_total'],
    ['overrides the runner', '  def test_total', '  def run\n    self\n  end\n\n  def test_total'],
    ['hides the rest', 'class CartTest', '__END__\nclass CartTest'],
  ],
  honest: [
    ['adds a test', tax, `${tax}\n  it 'is empty' do\n    expect(Cart.new(0).total).to eq 0\n  end\n`],
    ['adds an assertion', 'to eq 3\n', 'to eq 3\n    expect(cart.total).to be > 0\n'],
    [
      'adds a context',
      tax,
      `${tax}\n  context 'when empty' do\n    let(:empty) { Cart.new(0) }\n    before { empty.clear }\n\n    it 'is free' do\n      expect(empty.total).to be_zero\n    end\n  end\n`,
    ],
    [
      'adds a method',
      '    assert_equal 3, Cart.new(1).total\n  end\n',
      '    assert_equal 3, Cart.new(1).total\n  end\n\n  def test_zero\n    assert_equal 0, Cart.new(0).total\n  end\n',
    ],
    ['requires more', "require 'cart'\n", "require 'cart'\nrequire 'time'\n"],
    [
      'expects an error',
      tax,
      `${tax}\n  it 'refuses nil' do\n    expect { Cart.new(nil) }.to raise_error(TypeError)\n  end\n`,
    ],
  ],
};
