/** A mute lasts at most this long: a shift must not fall silent by accident. */
export const LONGEST_MUTE_MS = 30 * 60_000;

let context: AudioContext | null = null;

function audio(): AudioContext | null {
  if (context === null && typeof AudioContext !== 'undefined') context = new AudioContext();
  return context;
}

/** True where the browser lets us make a sound; it wants one click or key on the page first. */
export function soundAllowed(): boolean {
  return audio()?.state === 'running';
}

/** Asks the browser for the sound; to be called from a click or a key. */
export async function allowSound(): Promise<boolean> {
  const sound = audio();
  if (sound !== null && sound.state !== 'running') await sound.resume().catch(() => undefined);
  return soundAllowed();
}

/** Two rising tones, twice for level I. Made here, so that nothing has to be loaded when it counts. */
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
