import { describe, expect, test } from 'vitest';
import { read, references } from './read.ts';

describe('a list of images', () => {
  test('is one a line, with comments, quotes and commands that pull', () => {
    const text = `# what we need
nginx:1.27   # the web server
"quay.io/acme/app:2"
- busybox:1

sudo docker pull  ibmcom/pause:3.1
docker pull --quiet ghcr.io/acme/x:1
crictl pull registry.k8s.io/pause:3.10.1
ctr -n k8s.io images pull docker.io/library/redis:7
nginx:1.27
`;
    expect(references(text, 'images.txt')).toEqual([
      'image nginx:1.27',
      'image quay.io/acme/app:2',
      'image busybox:1',
      'image ibmcom/pause:3.1',
      'image ghcr.io/acme/x:1',
      'image registry.k8s.io/pause:3.10.1',
      'image docker.io/library/redis:7',
    ]);
  });

  test('keeps its lines with a byte order mark and line ends of Windows', () => {
    expect(read('\ufeffnginx:1\r\n\r\nredis:7\r\n', 'a.txt').artifacts).toEqual([
      '1 image nginx:1: image list',
      '3 image redis:7: image list',
    ]);
  });

  test('says which lines are no images', () => {
    expect(read('quay.io/a/b:1\nquay.io/a/c:1\nwhat is this?\n', 'a.txt').remarks).toEqual([
      '3 image list: "what is this?" is no image reference',
    ]);
  });

  test.each<[what: string, text: string, found: readonly string[], remarks: number]>([
    [
      'docker images',
      `REPOSITORY             TAG       IMAGE ID       CREATED        SIZE
ibmcom/icp-inception   3.1.2     4dbdab8a176e   5 months ago   779MB
<none>                 <none>    2be84dd575ee   2 years ago    13MB
mirror:5000/a/b        <none>    2be84dd575ee   2 years ago    13MB
`,
      ['image ibmcom/icp-inception:3.1.2'],
      2,
    ],
    [
      'docker images --digests',
      `REPOSITORY   TAG       DIGEST                                                                    IMAGE ID       CREATED       SIZE
nginx        1.27      sha256:${'a'.repeat(64)}   4dbdab8a176e   2 weeks ago   1MB
redis        <none>    sha256:${'b'.repeat(64)}   4dbdab8a176e   2 weeks ago   1MB
`,
      [`image nginx:1.27@sha256:${'a'.repeat(64)}`, `image redis@sha256:${'b'.repeat(64)}`],
      0,
    ],
    [
      'docker images, since 29',
      `IMAGE                ID             DISK USAGE   CONTENT SIZE   EXTRA
nginx:1.27           4dbdab8a176e        192MB             0B    U
`,
      ['image nginx:1.27'],
      0,
    ],
    [
      'crictl images',
      `IMAGE                          TAG       IMAGE ID        SIZE
registry.k8s.io/pause          3.10.1    cd073f4c5f6a8   320kB
`,
      ['image registry.k8s.io/pause:3.10.1'],
      0,
    ],
  ])('is what %s prints', (_what, text, found, remarks) => {
    expect(references(text, 'a.txt')).toEqual(found);
    expect(read(text, 'a.txt').remarks).toHaveLength(remarks);
  });
});

describe('a list of packages', () => {
  test.each<[what: string, text: string, found: readonly string[]]>([
    [
      'dpkg --get-selections',
      'libc6:amd64\t\t\tinstall\nnfs-common\t\t\tinstall\nsnapd\t\t\tdeinstall\nlinux-image\t\t\thold\n',
      ['libc6', 'nfs-common', 'linux-image'],
    ],
    [
      'dpkg -l',
      `Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)
||/ Name           Version      Architecture Description
+++-==============-============-============-=================
ii  libc6:amd64    2.31-0       amd64        GNU C Library
rc  gone           1.0-1        amd64        what is gone
`,
      ['libc6'],
    ],
    [
      'apt list',
      'Listing... Done\nnfs-common/focal,now 1:1.3.4-2.5 amd64 [installed]\ncurl/focal 7.68.0 amd64\n',
      ['nfs-common', 'curl'],
    ],
    [
      'yum list installed',
      'Loaded plugins: fastestmirror\nInstalled Packages\nnfs-utils.x86_64   1:1.3.0-0.68.el7   @base\nNetworkManager.x86_64  1:1.18.8  @base\n',
      ['nfs-utils', 'NetworkManager'],
    ],
    [
      'rpm -qa',
      'nfs-utils-1.3.0-0.68.el7.x86_64\nlibstdc++-4.8.5-44.el7.x86_64\n',
      ['nfs-utils', 'libstdc++'],
    ],
    [
      'a script that installs',
      'sudo apt-get install --yes --quiet nfs-kernel-server nfs-common\nyum -y install docker-ce-18.03.1\n',
      ['nfs-kernel-server', 'nfs-common', 'docker-ce-18.03.1'],
    ],
  ])('is what %s has', (_what, text, found) => {
    expect(references(text, 'a.txt')).toEqual(found.map((name) => `package ${name}`));
  });

  test('is of bare names where that is said', () => {
    const names = 'nfs-common\nsocat=1.7.3\n# a comment\nnot a name\n';
    expect(read(names, 'a.txt', 'packages')).toEqual({
      artifacts: ['1 package nfs-common: package list', '2 package socat=1.7.3: package list'],
      remarks: ['4 package list: "not a name" names no package'],
    });
  });
});
