import { describe, expect, it, test } from 'vitest';
import {
  calicoSelector,
  parseCalicoSelector,
  selectorMatches,
} from '../../src-main/model/calico-selector.ts';
import { issueSentence } from '../../src-main/model/issue.ts';
import { parseDesign } from '../../src-main/model/validate.ts';
import { oneOfEverything, withValue } from './one-of-everything.ts';

const web = { app: 'web', tier: 'front', 'ibm.role': 'worker_public' };

describe('a selector', () => {
  // selector; whether web is picked; whether an endpoint without labels is
  test.each<[string, boolean, boolean]>([
    ['', true, true],
    ['all()', true, true],
    ['!all()', false, false],
    ["app == 'web'", true, false],
    ['app == "web"', true, false],
    ["app=='web'", true, false],
    ["app == 'db'", false, false],
    // what is absent differs from everything
    ["app != 'web'", false, true],
    ["app != 'db'", true, true],
    ['has(app)', true, false],
    ['!has(app)', false, true],
    ['! ! has( app )', true, false],
    ["app in { 'web', 'db' }", true, false],
    ["app in {'db'}", false, false],
    ["app in { 'web', }", true, false],
    ['app in {}', false, false],
    // and is in no set
    ["app not in { 'web' }", false, true],
    ["app not in { 'db' }", true, true],
    ["app notin{'db'}", true, true],
    ["app contains 'e'", true, false],
    ["app contains 'x'", false, false],
    ["app starts with 'we'", true, false],
    ["app starts with 'eb'", false, false],
    ["app ends with 'eb'", true, false],
    ["app ends  with 'we'", false, false],
    ["ibm.role in { 'worker_public', 'master_public' }", true, false],
    // && binds before ||, ! before both
    ["has(x) && has(y) || app == 'web'", true, false],
    ["app == 'web' || has(x) && has(y)", true, false],
    ["(app == 'web' || has(x)) && has(y)", false, false],
    ["!has(x) && app == 'web'", true, false],
    ["!(has(x) && app == 'web')", true, true],
    ["!(has(app) && app == 'web')", false, true],
    ["app == 'web' && tier == 'front' && has(ibm.role)", true, false],
  ])('%s', (text, picksWeb, picksBare) => {
    const selector = calicoSelector(text);
    expect(selectorMatches(selector, web)).toBe(picksWeb);
    expect(selectorMatches(selector, {})).toBe(picksBare);
  });

  // selector; the character that is wrong; what should be there
  test.each<[string, number, string]>([
    [
      'app',
      4,
      '"==", "!=", "in", "not in", "contains", "starts with" or "ends with" after the label',
    ],
    [
      "app = 'web'",
      5,
      '"==", "!=", "in", "not in", "contains", "starts with" or "ends with" after the label',
    ],
    ['app == web', 8, 'a text in quotes'],
    ["app == 'web", 8, 'a text with a closing quote'],
    ["app == 'web' &&", 16, 'a label, has(…), all() or "("'],
    ["app == 'web' & has(x)", 14, '"&&", "||" or the end'],
    ["app == 'web' tier == 'x'", 14, '"&&", "||" or the end'],
    ["(app == 'web'", 14, '")"'],
    ['has(app', 8, '")"'],
    ['has()', 5, 'a label, has(…), all() or "("'],
    ['all(x)', 5, '")"'],
    ["app in 'web'", 8, '"{"'],
    ["app in { 'web' 'db' }", 16, '"," or "}"'],
    ['app in { web }', 10, 'a text in quotes'],
    ['!', 2, 'a label, has(…), all() or "("'],
    ["app == 'a'\n|| has(x)", 11, '"&&", "||" or the end'],
    [`${'('.repeat(65)}all()${')'.repeat(65)}`, 66, 'at most 64 parentheses inside each other'],
  ])('%s is none', (text, at, expected) => {
    expect(parseCalicoSelector(text)).toEqual({ ok: false, fault: { at, expected } });
  });
});

const faults = (value: unknown): string[] => {
  const parsed = parseDesign(value);
  return parsed.ok ? [] : parsed.issues.map(issueSentence);
};
const selectorExpected = "a Calico selector, such as role == 'db' && has(tier)";
const portExpected =
  'a port from 0 to 65535, a range such as "30000:32767", or the name of a container port';
const noPorts = 'no ports, since the protocol is not TCP, UDP or SCTP';
const family = 'addresses of one family, which is that of ipVersion where it is given';

describe('a policy or host endpoint that Calico would not take', () => {
  it.each<[string, unknown, string]>([
    [
      'calicoPolicies[0].selector',
      "role = 'x'",
      `${selectorExpected}; at character 6 "==", "!=", "in", "not in", "contains", "starts with" or "ends with" after the label`,
    ],
    [
      'calicoPolicies[0].selector',
      'global()',
      `${selectorExpected}; global() stands in the namespaceSelector of a rule only`,
    ],
    [
      'calicoPolicies[0].ingress[0].source.namespaceSelector',
      'global() || has(x)',
      `${selectorExpected}; global() stands alone`,
    ],
    [
      'calicoPolicies[0].ingress[0].source.nets[0]',
      '10.0.0.1/8',
      'an address or a prefix, such as 10.0.0.5 or 10.0.0.0/24',
    ],
    ['calicoPolicies[0].ingress[0].destination.ports[0]', 65536, portExpected],
    ['calicoPolicies[0].ingress[0].destination.ports[0]', '90:80', portExpected],
    ['calicoPolicies[0].ingress[0].destination.ports[0]', '80', portExpected],
    ['calicoPolicies[0].ingress[0].action', 'allow', 'one of "Allow", "Deny", "Log", "Pass"'],
    [
      'calicoPolicies[0].ingress[0].protocol',
      'tcp',
      'TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite, or a protocol number from 1 to 255',
    ],
    [
      'calicoPolicies[0].ingress[0].notProtocol',
      0,
      'TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite, or a protocol number from 1 to 255',
    ],
    ['calicoPolicies[0].ingress[0].ipVersion', 5, '4 or 6'],
    ['calicoPolicies[0].order', '5', 'a number'],
    ['hostEndpoints[0].profiles', ['kns.default'], '"projectcalico-default-allow"'],
    ['hostEndpoints[0].node', 'isp', 'a member node of cluster k'],
  ])('%s: %j', (path, value, expected) => {
    const [fault = '', ...others] = faults(withValue(oneOfEverything, path, value));
    expect(fault.startsWith(path), fault).toBe(true);
    expect(fault.endsWith(`: expected ${expected}`), fault).toBe(true);
    expect(others.filter((other) => !other.startsWith('hostEndpoints[0].interfaceName'))).toEqual(
      [],
    );
  });

  // where a value is put; where the fault is, and what is expected there
  it.each<[string, unknown, string, string]>([
    [
      'calicoPolicies[0].ingress[0].protocol',
      'ICMP',
      'calicoPolicies[0].ingress[0].destination.ports',
      noPorts,
    ],
    [
      'calicoPolicies[0].ingress[0].protocol',
      undefined,
      'calicoPolicies[0].ingress[0].destination.ports',
      noPorts,
    ],
    ['calicoPolicies[0].ingress[0].ipVersion', 6, 'calicoPolicies[0].ingress[0]', family],
    [
      'calicoPolicies[0].ingress[0].source.notNets[0]',
      '2001:db8::1',
      'calicoPolicies[0].ingress[0]',
      family,
    ],
    [
      'calicoPolicies[1].egress[0].protocol',
      'TCP',
      'calicoPolicies[1].egress[0].icmp',
      'no ICMP type, since the protocol is not ICMP or ICMPv6',
    ],
    [
      'calicoPolicies[1].egress[0].icmp.type',
      undefined,
      'calicoPolicies[1].egress[0].icmp.type',
      'a type, since there is a code',
    ],
    [
      'calicoPolicies[0].applyOnForward',
      false,
      'calicoPolicies[0].applyOnForward',
      'true, since the policy is for forwarded packets as well',
    ],
    [
      'calicoPolicies[0].doNotTrack',
      true,
      'calicoPolicies[0].doNotTrack',
      'false, since preDNAT is true',
    ],
    [
      'calicoPolicies[0].types',
      ['Egress'],
      'calicoPolicies[0].types',
      '"Ingress" alone, since preDNAT is about what comes in',
    ],
    [
      'calicoPolicies[0].egress',
      [{ action: 'Allow' }],
      'calicoPolicies[0].egress',
      'no egress rules, since preDNAT is about what comes in',
    ],
    [
      'calicoPolicies[1].preDNAT',
      false,
      'calicoPolicies[1].preDNAT',
      'no such key in a policy of a namespace',
    ],
  ])('%s: %j', (path, value, at, expected) => {
    const found = faults(withValue(oneOfEverything, path, value));
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(`${at} is `), found[0]).toBe(true);
    expect(found[0]?.endsWith(`: expected ${expected}`), found[0]).toBe(true);
  });

  it('is for an interface or an address', () => {
    const { interfaceName: _, expectedIPs: __, ...rest } = oneOfEverything.hostEndpoints?.[0] ?? {};
    expect(faults(withValue(oneOfEverything, 'hostEndpoints[0]', rest))).toEqual([
      'hostEndpoints[0].interfaceName is missing: expected an interface, since there are no expectedIPs',
    ]);
    const all = { ...rest, interfaceName: '*' };
    expect(faults(withValue(oneOfEverything, 'hostEndpoints[0]', all))).toEqual([]);
  });
});
