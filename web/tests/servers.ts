/** Starts what the journeys visit: the demo year, and an installation that nobody has set up yet. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Login {
  email: string;
  password: string;
  api_key: string;
}

export interface Demo {
  url: string;
  manager: Login;
  partner: Login;
  advertiser: Login;
  postback_token: string;
}

/** An installation before its first user. */
export interface Fresh {
  url: string;
  /** The address with the token that the server printed. */
  setUpUrl: string;
}

const READY_WITHIN_MS = 600_000;
const repository = resolve(import.meta.dirname, "../..");
const binary = resolve(repository, process.env.CARGO_TARGET_DIR ?? "target", "release/tributary");

export default async function startServers() {
  const folder = mkdtempSync(join(tmpdir(), "tributary-journeys-"));
  const running: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(running.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [demo, fresh] = await Promise.all([startDemo(folder, running), startFresh(folder, running)]);
    process.env.TRIBUTARY_DEMO = JSON.stringify(demo);
    process.env.TRIBUTARY_FRESH = JSON.stringify(fresh);
  } catch (failure) {
    await stop();
    throw failure;
  }
  return stop;
}

async function startDemo(folder: string, running: ChildProcess[]): Promise<Demo> {
  const port = String(await freePort());
  const days = process.env.JOURNEY_DAYS ?? "365";
  const child = spawn(binary, [
    "demo",
    "--data",
    join(folder, "demo"),
    "--port",
    port,
    "--days",
    days,
    "--json",
  ]);
  running.push(child);
  const line = await said(child, "stdout", /^\{.*\}$/m);
  return JSON.parse(line) as Demo;
}

/** An installation of a journey's own: its clock may be moved without a word to the others. Ends with `stop`. */
export async function ownServer(): Promise<Fresh & { stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "tributary-journey-"));
  const running: ChildProcess[] = [];
  const stop = async () => {
    await Promise.all(running.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await startFresh(folder, running)), stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

async function startFresh(folder: string, running: ChildProcess[]): Promise<Fresh> {
  const port = String(await freePort());
  // What journeys keep for each other in the environment is no setting of a server.
  const { TRIBUTARY_DEMO, TRIBUTARY_FRESH, ...env } = process.env;
  const child = spawn(binary, ["serve", "--data", join(folder, "fresh"), "--port", port], { env });
  running.push(child);
  const setUpUrl = await said(child, "stderr", /http:\/\/\S+\/setup#token=[\w-]+/);
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/readyz`);
  return { url, setUpUrl };
}

/** Waits until the program has said something of this form, and gives it back. */
function said(child: ChildProcess, stream: "stdout" | "stderr", wanted: RegExp): Promise<string> {
  return new Promise((done, failed) => {
    let heard = "";
    let errors = "";
    const late = setTimeout(
      () => failed(new Error(`not ready in time: ${errors.slice(-2000)}`)),
      READY_WITHIN_MS,
    );
    const read = (chunk: Buffer) => {
      heard += chunk.toString();
      const found = wanted.exec(heard);
      if (!found) return;
      clearTimeout(late);
      done(found[0]);
    };
    child[stream]?.on("data", read);
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`${binary} ended with ${code}: ${errors.slice(-2000)}`)));
  });
}

async function answers(url: string): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${url} did not answer in time`);
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });
}

/** A port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
