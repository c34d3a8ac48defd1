import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ContainerPrograms } from './container-programs';

/** Images of this machine's making, for those that come from a registry. */
export interface StandIns {
  node: string;
  base: string;
  redis: string;
  prometheus: string;
  alertmanager: string;
}

const REPOSITORY = join(__dirname, '../..');
const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
/** What Node needs of a system, and nothing else: as in a distroless image there is no shell. */
const BASE_PACKAGES = ['libc6', 'libgcc-s1', 'libstdc++6'];
const SERVICE_PACKAGES = ['redis-server', 'prometheus', 'prometheus-alertmanager'];
const IMAGES: StandIns = {
  node: 'localhost/leadgen-stand-in-node:24',
  base: 'localhost/leadgen-stand-in-base:1',
  redis: 'localhost/leadgen-stand-in-redis:1',
  prometheus: 'localhost/leadgen-stand-in-prometheus:1',
  alertmanager: 'localhost/leadgen-stand-in-alertmanager:1',
};

/** Makes those that are not there yet, from the packages of the distribution and the Node that npm brought. */
export async function standIns(programs: ContainerPrograms): Promise<StandIns> {
  const work = await mkdtemp(join(tmpdir(), 'leadgen-stand-ins-'));
  try {
    const present = await Promise.all(
      Object.values(IMAGES).map(
        async (image: string) => (await programs.try('podman', ['image', 'exists', image])).code === 0,
      ),
    );
    if (present.every(Boolean)) return IMAGES;
    const system = join(work, 'system');
    await programs.run('debootstrap', [
      '--variant=minbase',
      await codename(),
      system,
      await mirror(programs),
    ]);
    await makeBase(programs, work);
    await makeServices(programs, system);
    await makeNode(programs, system);
    return IMAGES;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function codename(): Promise<string> {
  const [, name] = /^VERSION_CODENAME=(\S+)$/m.exec(await readFile('/etc/os-release', 'utf8')) ?? [];
  if (name === undefined)
    throw new Error('the stand-ins are made of Debian’s or Ubuntu’s packages, and this is neither');
  return name;
}

/** The server this machine has its packages from. */
async function mirror(programs: ContainerPrograms): Promise<string> {
  const targets = await programs.run('apt-get', [
    'indextargets',
    '--format',
    '$(CODENAME) $(REPO_URI)',
    'Created-By: Packages',
  ]);
  const name = await codename();
  const [, uri] =
    targets
      .split('\n')
      .map((line) => line.split(' '))
      .find(([suite]) => suite === name) ?? [];
  if (uri === undefined) throw new Error(`apt knows no server for ${name}: apt-get update`);
  return uri;
}

/** A folder as an image; `config` are options of `buildah config`. */
async function imageOf(
  programs: ContainerPrograms,
  folder: string,
  image: string,
  config: readonly string[] = [],
): Promise<void> {
  const container = await programs.run('buildah', ['from', 'scratch']);
  await programs.run('buildah', ['copy', '--quiet', container, folder, '/']);
  if (config.length > 0) await programs.run('buildah', ['config', ...config, container]);
  await programs.run('buildah', ['commit', '--quiet', '--rm', container, image]);
}

async function makeBase(programs: ContainerPrograms, work: string): Promise<void> {
  const [packages, root] = [join(work, 'packages'), join(work, 'base')];
  await mkdir(packages);
  await programs.run(
    'apt-get',
    ['download', '-q', '-o', 'APT::Sandbox::User=root', ...BASE_PACKAGES],
    packages,
  );
  await programs.run('sh', ['-c', `for deb in *.deb; do dpkg-deb -x "$deb" ${root}; done`], packages);
  await imageOf(programs, root, IMAGES.base);
}

/** The machine’s own npm, and the certificates it trusts: a registry may be one of the house. */
async function makeNode(programs: ContainerPrograms, system: string): Promise<void> {
  const local = join(system, 'usr/local');
  await cp(await realpath(process.execPath), join(local, 'bin/node'));
  const npm = dirname(dirname(await realpath(await programs.run('sh', ['-c', 'command -v npm']))));
  await cp(npm, join(local, 'lib/npm'), { recursive: true, dereference: true });
  await symlink('../lib/npm/bin/npm-cli.js', join(local, 'bin/npm'));
  const config = ['--env', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
  if (existsSync(CERTIFICATES)) {
    await mkdir(join(system, dirname(CERTIFICATES)), { recursive: true });
    await cp(CERTIFICATES, join(system, CERTIFICATES), { dereference: true });
    config.push('--env', `NODE_EXTRA_CA_CERTS=${CERTIFICATES}`);
  }
  await imageOf(programs, system, IMAGES.node, config);
}

/** Redis, Prometheus and Alertmanager, started as their own images start them. */
async function makeServices(programs: ContainerPrograms, system: string): Promise<void> {
  await writeFile(join(system, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  const container = await programs.run('buildah', ['from', 'scratch']);
  await programs.run('buildah', ['copy', '--quiet', container, system, '/']);
  const install =
    'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ' +
    `${SERVICE_PACKAGES.join(' ')} && rm -rf /etc/prometheus /etc/alertmanager && ` +
    'ln -sf prometheus-alertmanager /usr/bin/alertmanager && ' +
    'install -d -o 65534 -g 65534 /prometheus /alertmanager';
  await programs.run('buildah', ['run', '--isolation', 'chroot', container, '--', 'sh', '-c', install]);
  for (const [image, entrypoint, command] of [
    [IMAGES.redis, [], 'redis-server'],
    [IMAGES.prometheus, ['/usr/bin/prometheus'], ''],
    [IMAGES.alertmanager, ['/usr/bin/alertmanager'], ''],
  ] as const) {
    await programs.run('buildah', [
      'config',
      '--entrypoint',
      JSON.stringify(entrypoint),
      '--cmd',
      command,
      container,
    ]);
    await programs.run('buildah', ['commit', '--quiet', container, image]);
  }
  await programs.run('buildah', ['rm', container]);
}

/** Builds the Dockerfile of the checkout, all of its stages, on the stand-ins. */
export async function buildImage(
  programs: ContainerPrograms,
  { node, base }: StandIns,
  image: string,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'leadgen-build-'));
  try {
    const npmrc = join(folder, 'npmrc');
    await writeFile(npmrc, `registry=${await programs.run('npm', ['config', 'get', 'registry'])}\n`);
    await programs.run(
      'buildah',
      [
        'bud',
        '--isolation=chroot',
        '--format=docker',
        '--layers=false',
        `--secret=id=npmrc,src=${npmrc}`,
        `--build-arg=NODE_IMAGE=${node}`,
        `--build-arg=BASE_IMAGE=${base}`,
        '--build-arg=VERSION=0.0.0-test',
        `--tag=${image}`,
        '.',
      ],
      REPOSITORY,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
