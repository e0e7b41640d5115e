/** A mute lasts at most this long: a shift must not fall silent by accident. */
export const LONGEST_MUTE_MS = 30 * 60_000;

let context: AudioContext | null = null;

function audio(): AudioContext | null {
  if (context === null && typeof AudioContext !== 'undefined') context = new AudioContext();
  return context;
}

/** The browser allows sound only after one click or key on the page. */
function touched(): boolean {
  return navigator.userActivation?.hasBeenActive ?? true;
}

/** Asks the browser for the sound. True where it is on. */
export async function allowSound(): Promise<boolean> {
  if (!touched()) return false;
  const sound = audio();
  if (sound !== null && sound.state !== 'running') await sound.resume().catch(() => undefined);
  return sound?.state === 'running';
}

/** Two rising tones, once or twice; false where the browser keeps us silent. Made here, so that nothing has to be loaded when it counts. */
export async function ring(times: 1 | 2 = 1): Promise<boolean> {
  if (!(await allowSound())) return false;
  for (let round = 0; round < times; round += 1) {
    tone(740, round * 0.7);
    tone(988, round * 0.7 + 0.22);
  }
  return true;
}

function tone(hertz: number, afterSeconds: number): void {
  const sound = audio();
  if (sound === null) return;
  const start = sound.currentTime + afterSeconds;
  const volume = new GainNode(sound, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.35, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.38);
  const pitch = new OscillatorNode(sound, { type: 'sine', frequency: hertz });
  pitch.connect(volume).connect(sound.destination);
  pitch.start(start);
  pitch.stop(start + 0.4);
}
