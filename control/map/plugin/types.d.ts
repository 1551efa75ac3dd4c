// The shapes of what the modules hand to each other. Those whose name begins with Payload are what control/map/payload_shape.py
// checks before it travels, key by key; of the ground only its transform travels as it stands there.

type Row = [start: number, status: number, actor: number, probability: number, second: number, staleness?: number];
type Position = [lon: number, lat: number]; // degrees, WGS84
type Box = number[] | Float32Array; // left, top, right, bottom
type Ctx = CanvasRenderingContext2D;

/** Attributes and listeners of an element: see dom.js. */
interface Attributes {
  onclick?: (event: MouseEvent & { target: HTMLElement }) => void;
  onchange?: (event: Event & { target: HTMLInputElement }) => void;
  onkeydown?: (event: KeyboardEvent) => void;
  onpointerdown?: (event: PointerEvent) => void;
  onpointermove?: (event: PointerEvent) => void;
  [name: string]: unknown;
}

interface PayloadTheatre { id: string; title: string }
interface PayloadOpening { date: string; bounds: [[south: number, west: number], [north: number, east: number]] }
interface PayloadActor { id: string; name: string; short_name: string; colour: string; colour_dark?: string }
interface PayloadPlace {
  id: string;
  name: string;
  kind: string;
  lon: number;
  lat: number;
  rank: number;
  reported?: boolean;
  area_km2?: number;
  drivers?: [place: number, km: number][];
}
interface PayloadTransform { scale: [number, number]; translate: [number, number] }
interface PayloadGround { transform: PayloadTransform; start: ArrayLike<number>; steps: ArrayLike<number>; left: ArrayLike<number>;
  right: ArrayLike<number> }
interface PayloadGeometry { type: string; coordinates?: any; geometries?: PayloadGeometry[] }
interface PayloadFeature { properties?: Record<string, any>; geometry?: PayloadGeometry | null }
interface PayloadCollection { features: PayloadFeature[] }
interface PayloadSign { status: string; actor: number; text: string }
interface PayloadTold { texts: string[]; rows: number[][]; note: string; signs: PayloadSign[]; headings: string[] }
/** Fighters who do not hold a place (-1: an area): [place, longitude, latitude, first day, day after the last, actor]. */
type Presence = [number, number, number, number, number, number];
/** A day that readers know by a headline. */
type Moment = [day: number, headline: string, source: string];

interface Payload {
  theatre: PayloadTheatre;
  span: [string, string];
  opening: PayloadOpening;
  actors: PayloadActor[];
  statuses: string[];
  places: PayloadPlace[];
  intervals: Row[][];
  ground?: PayloadGround;
  stale_after?: number[];
  changes?: [day: number, place: number][];
  presence?: Presence[];
  moments?: Moment[];
  geography?: Record<string, PayloadCollection>;
  told?: PayloadTold;
  attribution?: string;
  cells_note?: string;
}

/** Local coordinates: see geometry.js. */
interface Frame { origin: number[]; local(lon: number, lat: number): number[] }

interface Place {
  id: string;
  name: string;
  kind: string;
  lon: number;
  lat: number;
  rank: number;
  index: number;
  x: number;
  y: number;
  reported: boolean;
  shape: string;
  area: number;
  drivers: [place: number, km: number][];
  minZoom: number;
}
interface Country { name: string; inside: boolean; area: Path2D; outline: Path2D; rings: number[][][]; box: Box }
interface River { name: string; rank: number; path: Path2D; lines: number[][][]; box: Box }
interface Lake { path: Path2D; rings: number[][][]; box: Box }

type ArcSet = ReturnType<typeof import("./arcs.js").decode>;
type Model = ReturnType<typeof import("./model.js").prepare>;

/** The date that is shown, or the one that is compared with it. */
interface State {
  day: number;
  rows: Row[];
  shownDay: number;
  selected: number | null;
  hidden: Set<number>;
  estimates: boolean;
  other: State | null;
  mode: string;
}

/** Colours of timeline.css. */
type Theme = Record<string, string>;

/** One colour, or two for stripes; the same array for the same style. */
/** One colour, slanted stripes of two, or upright ones. */
type GroundStyle = [string] | [string, string] | [string, string, "upright"];

/** What a canvas shows: see viewOf in canvas.js. */
interface View {
  stamp: number;
  zoom: number;
  ratio: number;
  width: number;
  height: number;
  window: number[];
  touched: InstanceType<typeof import("./touched.js").Touched> | null;
  scale: number;
  left: number;
  top: number;
  inSight: L.Point;
  sight: L.Point;
}

/** A canvas in a pane of the map: see canvas.js. */
interface CanvasLayer extends L.Renderer {
  repaint(): void;
  repaintParts(boxes: number[][]): void;
  draw(paint: (ctx: Ctx, view: View) => void): void;
  show(wanted: boolean): void;
  toCanvas(point: L.PointExpression): L.Point;
  view(): View | null;
}

/** The switch of an actor in the legend. */
interface LegendEntry { actor: PayloadActor; index: number; figure: HTMLElement; gained: HTMLElement; lost: HTMLElement;
  button: HTMLButtonElement; swatch: HTMLElement; item: HTMLLIElement }

/** A line of the key; the chief ones are always there. */
interface LegendLine { sample: HTMLCanvasElement; text: string; chief?: boolean; count?: "contested" | "divided" | "unknown" }

/**
 * A layer of the map. A file of layers/ exports `create(scene, shown)`, where shown() has the date that the layer shows: there is
 * a second instance of those that are dated while two dates are seen beside each other.
 */
interface Layer {
  name: string; // of its pane, after "cm-"
  z: number; // of its pane: higher ones lie above
  asleep?: boolean; // whether it is not shown at first
  dated?: boolean; // whether it depends on the date
  canvas?: { still?: boolean; mostRatio?: number; mostPixels?: number }; // see canvas.js
  paint(ctx: Ctx, view: View): void;
  /** Bring up to date: `changed` are the places with another row; `extent`, see layers.js, what else may be another. */
  update?(canvas: CanvasLayer, changed: number[], extent: number): void;
  /** Lines of the legend, in colours of two actors. */
  legend?(theme: Theme, colours: [string, string]): LegendLine[];
  /** The place whose ground is at a point in pixels of the container, or -1. */
  placeAt?(view: View, x: number, y: number): number;
}
interface LayerModule { create(scene: Scene, shown: () => State): Layer }
interface MountedLayer { layer: Layer; canvas: CanvasLayer }

type Scene = InstanceType<typeof import("./scene.js").Scene>;
type Tally = InstanceType<typeof import("./intervals.js").Tally>;
type Legend = InstanceType<typeof import("./legend.js").Legend>;
type Timebar = InstanceType<typeof import("./timebar.js").Timebar>;
type GroundField = InstanceType<typeof import("./groundfield.js").GroundField>;
type FieldPixels = InstanceType<typeof import("./groundfield.js").Pixels>;

/** How a mark looks: see paintMark in marks.js. */
interface MarkLook {
  x: number;
  y: number;
  r: number;
  shape: string;
  status: string;
  fill?: string | CanvasPattern;
  besieger?: string;
  tiny?: boolean;
}
interface NameMark { box: Box; weight: number; owner: number; r: number }
interface Candidate { owner: unknown; boxes: Box[] }

/** Sums by actor. */
interface Sums { places: number[]; area: number[] }
type Balance = ReturnType<typeof import("./gains.js").gainsAndLosses>;
type Counted = { area: number; reported: boolean };

/** The pixels that a raster is made for: `k`, `dx`, `dy` take local coordinates to them. */
interface PixelWindow { width: number; height: number; k: number; dx: number; dy: number }
interface Crossings { start: Int32Array; x: Float64Array; east: Int32Array; edgeCell: Int32Array }
type Raster = ReturnType<typeof import("./raster.js").scan>;
interface Band { colours: Uint32Array; phase: number; upright?: boolean }
type DissolvableArcs = Pick<ArcSet, "count" | "start" | "xy" | "left" | "right">;
