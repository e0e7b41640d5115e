/** A file as the API takes it. */
export interface EvidenceFile {
  name: string;
  contentBase64: string;
}

/** The API takes 8,000,000 characters of base64: 6,000,000 bytes. */
export const LONGEST_FILE_BYTES = 5_900_000;
/** A phone's photo is made smaller than this on its longer side, in pixels, when it is too heavy. */
const LONGEST_SIDE = 2400;

/** Reads a chosen file; a photo too heavy is made smaller first. @throws Error in Chinese where it stays too heavy */
export async function readAsEvidence(file: File): Promise<EvidenceFile> {
  if (file.size === 0) throw new Error('这个文件是空的，请重新选择。');
  const light = file.size > LONGEST_FILE_BYTES && file.type.startsWith('image/') ? await smaller(file) : file;
  if (light.size > LONGEST_FILE_BYTES) throw new Error(`文件有 ${(file.size / 1_000_000).toFixed(1)} MB，超过上限，请压缩后再传。`);
  return { name: light === file ? file.name : file.name.replace(/\.\w+$/, '.jpg'), contentBase64: await base64Of(light) };
}

async function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error('文件读取失败，请重新选择。'));
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.readAsDataURL(blob);
  });
}

async function smaller(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error('这张图片无法读取，请换一张。');
  });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', 0.85));
}
