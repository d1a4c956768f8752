/** Token of NO_PROXY; host; whether Go programs go direct, whether curl does. Held against both matchers, and a real curl. */
export const tokenRows: readonly (readonly [
  token: string,
  host: string,
  go: boolean,
  curl: boolean,
])[] = [
  // a name: the host and all below it
  ['foo.com', 'foo.com', true, true],
  ['foo.com', 'a.foo.com', true, true],
  ['foo.com', 'a.b.foo.com', true, true],
  ['foo.com', 'xfoo.com', false, false],
  ['foo.com', 'foo.com.de', false, false],
  ['foo.com', 'com', false, false],
  // with a dot in front: Go without the host itself
  ['.foo.com', 'foo.com', false, true],
  ['.foo.com', 'a.foo.com', true, true],
  ['.foo.com', 'xfoo.com', false, false],
  // with a star: curl does not know it
  ['*.foo.com', 'a.foo.com', true, false],
  ['*.foo.com', 'foo.com', false, false],
  // one label is a domain as well
  ['internal', 'internal', true, true],
  ['internal', 'db.internal', true, true],
  // letters and final dots do not count
  ['FOO.com', 'foo.COM', true, true],
  // networks are for literal addresses only
  ['10.0.0.0/8', '10.1.2.3', true, true],
  ['10.0.0.0/8', '11.1.2.3', false, false],
  ['10.0.0.0/8', 'ten.foo.com', false, false],
  ['10.9.9.9/8', '10.1.2.3', true, true],
  ['10.1.2.3/32', '10.1.2.3', true, true],
  ['2001:db8::/32', '2001:db8::1', true, true],
  ['2001:db8::/32', '2001:db9::1', false, false],
  ['10.0.0.0/8', '2001:db8::1', false, false],
  ['10.0.0.0/33', '10.1.2.3', false, false],
  // addresses
  ['10.1.2.3', '10.1.2.3', true, true],
  ['10.1.2.3', '10.1.2.30', false, false],
  ['2001:db8::1', '[2001:db8::1]', true, true],
  ['2001:0db8:0::1', '2001:db8::1', true, true],
  // the start of an address is none
  ['172.16.', '172.16.0.5', false, false],
  ['172.16', '172.16.0.5', false, false],
  ['172.16.*', '172.16.0.5', false, false],
  // everything
  ['*', 'foo.com', true, true],
  ['*', '10.1.2.3', true, true],
  ['*', '2001:db8::1', true, true],
  // nothing
  ['', 'foo.com', false, false],
  [',', 'foo.com', false, false],
  // Go never sends itself through a proxy
  ['', 'localhost', true, false],
  ['', '127.0.0.1', true, false],
  ['', '127.9.9.9', true, false],
  ['', '::1', true, false],
  ['localhost', 'localhost', true, true],
];
