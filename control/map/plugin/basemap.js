// What does not change with the date: land, water, borders, rivers.
import * as Canvas from "./canvas.js";

/** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme */
export function paintLand(ctx, view, model, theme) {
  Canvas.usePixels(ctx, view);
  // Beyond the box that the base map was cut to nothing is known: plain, like the land at its edge.
  ctx.fillStyle = model.sheet ? theme.neighbour : theme.sea;
  ctx.fillRect(0, 0, view.width, view.height);
  Canvas.useLocal(ctx, view);
  if (model.sheet) {
    const [left, top, right, bottom] = model.sheet;
    ctx.fillStyle = theme.sea;
    ctx.fillRect(left, top, right - left, bottom - top);
  }
  for (const inside of [false, true]) {
    ctx.fillStyle = inside ? theme.land : theme.neighbour;
    for (const country of model.countries) {
      if (country.inside === inside && Canvas.visible(country.box, view)) ctx.fill(country.area, "evenodd");
    }
  }
}

// The ground of a theatre is coarser than its borders and ends a little beyond: there land and sea are painted once more.
/** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme */
function coverAbroad(ctx, view, model, theme) {
  const inside = model.countries.filter((country) => country.inside);
  if (inside.length === 0) return;
  ctx.save();
  Canvas.useLocal(ctx, view);
  const abroad = new Path2D();
  abroad.rect(-view.left / view.scale, -view.top / view.scale, view.width / view.scale, view.height / view.scale);
  for (const { area } of inside) abroad.addPath(area);
  ctx.clip(abroad, "evenodd");
  paintLand(ctx, view, model, theme);
  ctx.restore();
}

// Rank 1 is a main river, rank 2 a tributary.
/** @param {River} river @param {number} zoom */
function riverWidth(river, zoom) {
  const width = river.rank <= 1 ? 2 : river.name ? 1.2 : 0.7;
  return width * (zoom < 6 ? 0.7 : zoom < 8 ? 1 : 1.5);
}

/** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme */
export function paintLines(ctx, view, model, theme) {
  coverAbroad(ctx, view, model, theme);
  Canvas.useLocal(ctx, view);
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  for (const lake of model.lakes) {
    if (!Canvas.visible(lake.box, view)) continue;
    ctx.fillStyle = theme.sea;
    ctx.fill(lake.path, "evenodd");
    ctx.strokeStyle = theme.river;
    ctx.lineWidth = 0.8 / view.scale;
    ctx.stroke(lake.path);
  }
  ctx.strokeStyle = theme.river;
  for (const river of model.rivers) {
    if (!Canvas.visible(river.box, view)) continue;
    ctx.lineWidth = riverWidth(river, view.zoom) / view.scale;
    ctx.stroke(river.path);
  }
  for (const inside of [false, true]) {
    ctx.strokeStyle = inside ? theme.border : theme.neighbourBorder;
    ctx.lineWidth = (inside ? 1.3 : 0.8) / view.scale;
    for (const country of model.countries) {
      if (country.inside === inside && Canvas.visible(country.box, view)) ctx.stroke(country.outline);
    }
  }
}
