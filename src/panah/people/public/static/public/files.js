// Files and a voice that go with a message: kept in the memory of this page alone until it is sent or left. Pictures are
// drawn anew, so that the place and time that a telephone writes into them stay behind.
const LONGEST = 10 * 60000;
const EDGE = 3000;

async function drawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
  if (!made) throw new Error("not drawn");
  return made;
}

const size = (bytes) => `${(bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} MB`;

// What was chosen: { name, kind, original, drawn }. `place` is the part of the page; what is kept outlives it.
export class Chosen {
  constructor() {
    this.kept = [];
    this.recorder = null;
  }

  show(form) {
    const place = form.querySelector("[data-files]");
    if (!place) return;
    this.place = place;
    this.input = form.querySelector('input[type="file"]');
    this.asIs = form.querySelector('input[name="original"]');
    place.hidden = false;
    for (const one of form.querySelectorAll("[data-all-pictures]")) one.hidden = true;
    this.input.addEventListener("change", () => this.take([...this.input.files]));
    this.asIs.addEventListener("change", () => this.list());
    if (navigator.mediaDevices && window.MediaRecorder) for (const one of place.querySelectorAll("[data-voice]")) one.hidden = false;
    place.querySelector("[data-record]").addEventListener("click", () => this.record());
    place.querySelector("[data-stop]").addEventListener("click", () => this.recorder?.stop());
    this.list();
  }

  async take(files) {
    this.input.value = "";
    for (const file of files) {
      const one = { name: file.name, kind: "file", original: file, drawn: null };
      if (file.type.startsWith("image/") && !file.type.includes("svg")) {
        one.kind = "picture";
        one.drawn = await drawn(file).catch(() => null);
      } else if (file.type.startsWith("audio/")) one.kind = "voice";
      this.kept.push(one);
    }
    this.list();
  }

  body(one) {
    return one.drawn && !this.asIs?.checked ? one.drawn : one.original;
  }

  get fits() {
    const { mostBytes, mostFiles } = this.place?.dataset ?? {};
    const bytes = this.kept.reduce((sum, one) => sum + this.body(one).size, 0);
    return !this.kept.length || (bytes <= Number(mostBytes) && this.kept.length <= Number(mostFiles));
  }

  // What is sealed and sent: [{ name, kind, body, abuse }]. A picture drawn anew has a name of ours.
  get ready() {
    return this.kept.map((one, at) => {
      const body = this.body(one);
      return { name: body === one.drawn ? `picture-${at + 1}.jpg` : one.name, kind: one.kind, body, abuse: one.abuse };
    });
  }

  list() {
    const { place } = this, list = place.querySelector("[data-chosen]");
    list.textContent = "";
    list.hidden = !this.kept.length;
    for (const one of this.kept) {
      const line = place.querySelector("[data-one]").content.firstElementChild.cloneNode(true);
      const own = place.querySelector(`[data-word-${one.drawn ? "picture" : "voice"}]`).textContent;
      const fresh = this.body(one) === one.drawn;
      line.querySelector("[data-name]").textContent = one.recorded ? own : one.name;
      line.querySelector("[data-size]").textContent = size(this.body(one).size);
      line.querySelector("[data-drawn]").hidden = !fresh;
      line.querySelector("[data-as-is]").hidden = fresh || Boolean(one.recorded);
      if (one.recorded) this.play(line, one);
      if (one.kind === "picture") this.ask(line.querySelector("[data-abuse]"), one);
      line.querySelector("[data-drop]").addEventListener("click", () => {
        this.kept.splice(this.kept.indexOf(one), 1);
        this.list();
        this.input.focus();
      });
      list.append(line);
    }
    place.querySelector("[data-too-much]").hidden = this.fits;
  }

  // Whether it may show a child abused: then nobody here opens it alone.
  ask(label, one) {
    const tick = label.querySelector("input");
    label.hidden = false;
    tick.checked = Boolean(one.abuse);
    tick.addEventListener("change", () => { one.abuse = tick.checked; });
  }

  play(line, one) {
    one.address ??= URL.createObjectURL(one.original);
    line.querySelector("audio").src = one.address;
    line.querySelector("[data-play]").hidden = false;
  }

  async record() {
    const sound = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
    this.place.querySelector("[data-no-voice]").hidden = Boolean(sound);
    if (!sound) return;
    const pieces = [], recorder = (this.recorder = new MediaRecorder(sound, { audioBitsPerSecond: 24000 }));
    const over = setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST);
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.onstop = () => {
      clearTimeout(over);
      for (const track of sound.getTracks()) track.stop();
      this.recorder = null;
      this.recording(false);
      if (this.forgotten) return;
      const original = new Blob(pieces, { type: recorder.mimeType });
      const ending = recorder.mimeType.includes("mp4") ? "m4a" : "webm";
      this.kept.push({ name: `voice.${ending}`, kind: "voice", original, drawn: null, recorded: true });
      this.list();
      this.finished?.();
    };
    recorder.start();
    this.recording(true);
  }

  // Who sends while recording sends what was said.
  finish() {
    return this.recorder ? new Promise((done) => { this.finished = done; this.recorder.stop(); }) : null;
  }

  recording(on) {
    const start = this.place.querySelector("[data-record]"), stop = this.place.querySelector("[data-stop]");
    start.hidden = on;
    stop.hidden = !on;
    (on ? stop : start).focus();
  }

  forget() {
    this.forgotten = true;
    if (this.recorder?.state === "recording") this.recorder.stop();
    for (const one of this.kept) if (one.address) URL.revokeObjectURL(one.address);
    this.kept = [];
  }
}
