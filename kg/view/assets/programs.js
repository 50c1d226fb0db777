// How the graphics card draws actors and lines: sigma's programs for shapes by kind, heads by sign, dashes by status.
const { Graph: Multigraph, Sigma, EdgeProgram, NodeProgram, floatColor, forceAtlas2, MiniSearch } = Vendor;
const { FLOAT, UNSIGNED_BYTE, POINTS, TRIANGLE_STRIP } = WebGLRenderingContext;
const SHAPES = ["person", "state", "armed", "organisation", "unnamed"];
const HEADS = { 0: 0, "+": 1, "-": 2, none: 3 };
const STEPS = 10;

const floats = (name, size) => ({ name, size, type: FLOAT });
const bytes = (name) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });

const ACTOR_VERTEX = `
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec4 a_color;
attribute vec4 a_id;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
varying vec4 v_color;
varying float v_radius;
varying float v_shape;
void main() {
  v_radius = a_size / u_sizeRatio * u_pixelRatio;
  v_shape = a_shape;
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = v_radius * 2.6 + 2.0;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const ACTOR_FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying float v_radius;
varying float v_shape;
uniform vec3 u_ink;
uniform vec3 u_paper;
float outside(vec2 p) {
  vec2 a = abs(p);
  if (v_shape > 0.5 && v_shape < 1.5) return max(a.x, a.y) - 0.9;
  if (v_shape > 1.5 && v_shape < 2.5) return (a.x + a.y - 1.2) * 0.7071;
  if (v_shape > 2.5 && v_shape < 3.5) return max(a.y - 1.0, (a.x - 1.1) * 0.88 + a.y * 0.48);
  return length(p) - 1.0;
}
void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * (v_radius * 1.3 + 1.0) / v_radius;
  float d = outside(p) * v_radius;
  #ifdef PICKING_MODE
  gl_FragColor = d < 1.0 ? v_color : vec4(0.0);
  #else
  float shown = (1.0 - smoothstep(-0.6, 0.6, d)) * v_color.a;
  float edge = smoothstep(-2.0, -0.8, d);
  bool hollow = v_shape > 3.5;
  if (hollow && mod(degrees(atan(p.y, p.x)) + 180.0, 45.0) > 26.0) edge = 0.0;
  vec3 inside = hollow ? u_paper : v_color.rgb;
  gl_FragColor = vec4(mix(inside, mix(u_paper, u_ink, v_color.a), edge) * shown, shown);
  #endif
}`;

const LINE_VERTEX = `
attribute vec2 a_source;
attribute vec2 a_target;
attribute vec2 a_radii;
attribute vec4 a_look;
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec3 a_at;
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
varying vec4 v_color;
varying vec4 v_look;
varying float v_across;
varying float v_left;
void main() {
  vec2 scale = u_viewport * 0.5;
  vec2 p0 = (u_matrix * vec3(a_source, 1)).xy * scale;
  vec2 p2 = (u_matrix * vec3(a_target, 1)).xy * scale;
  vec2 d = p2 - p0;
  float len = max(length(d), 1.0);
  vec2 p1 = (p0 + p2) * 0.5 + vec2(-d.y, d.x) * a_look.y;
  vec2 radii = min(a_radii / u_sizeRatio * 1.1 + vec2(1.0, 3.0), len * 0.4);
  float first = radii.x / len;
  float last = 1.0 - radii.y / len;
  float neck = max(first, last - 10.0 / len);
  float t = a_at.x > 1.5 ? last : mix(first, neck, a_at.x);
  vec2 point = mix(mix(p0, p1, t), mix(p1, p2, t), t);
  vec2 along = normalize(mix(p1 - p0, p2 - p1, t) + vec2(1e-6));
  float width = max(a_look.x * 0.5, a_at.z) + 1.0;
  v_across = a_at.y * width;
  v_left = (last - t) * len;
  v_look = a_look;
  gl_Position = vec4((point + vec2(-along.y, along.x) * v_across) / scale, 0, 1);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const LINE_FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_look;
varying float v_across;
varying float v_left;
uniform float u_feather;
float gap(float dash) {
  if (dash < 0.5) return 0.0;
  if (dash < 1.5) return step(7.0, mod(v_left, 11.0));
  if (dash < 2.5) return step(2.0, mod(v_left, 5.0));
  float m = mod(v_left, 15.0);
  return m < 8.0 || (m > 10.5 && m < 12.5) ? 0.0 : 1.0;
}
float within(float limit, float a) { return 1.0 - smoothstep(limit - u_feather, limit + u_feather, a); }
void main() {
  float a = abs(v_across);
  float half_ = v_look.x * 0.5;
  #ifdef PICKING_MODE
  gl_FragColor = a < max(half_, 5.0) ? v_color : vec4(0.0);
  #else
  bool triangle = v_look.w > 0.5 && v_look.w < 1.5;
  bool bar = v_look.w > 1.5 && v_look.w < 2.5;
  bool arrow = v_look.w < 0.5;
  float shown = triangle && v_left < 8.0 ? 0.0 : within(half_, a) * (1.0 - gap(v_look.z));
  if (triangle && v_left < 9.0) shown = max(shown, within(v_left * 0.5, a));
  if (bar && v_left < 2.6) shown = max(shown, within(6.0, a));
  if (arrow && v_left < 7.5) shown = max(shown, within(0.9, abs(a - v_left * 0.6)));
  shown *= v_color.a;
  gl_FragColor = vec4(v_color.rgb * shown, shown);
  #endif
}`;

const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);

class ActorProgram extends NodeProgram {
  getDefinition() {
    return {
      VERTICES: 1, METHOD: POINTS, VERTEX_SHADER_SOURCE: ACTOR_VERTEX, FRAGMENT_SHADER_SOURCE: ACTOR_FRAGMENT,
      UNIFORMS: ["u_matrix", "u_sizeRatio", "u_pixelRatio", "u_ink", "u_paper"],
      ATTRIBUTES: [floats("a_position", 2), floats("a_size", 1), floats("a_shape", 1), bytes("a_color"), bytes("a_id")],
    };
  }

  processVisibleItem(id, at, node) {
    this.array.set([node.x, node.y, node.size, SHAPES.indexOf(node.kind), floatColor(node.color), id], at);
  }

  setUniforms({ matrix, sizeRatio, pixelRatio }, { gl, uniformLocations: at }) {
    gl.uniformMatrix3fv(at.u_matrix, false, matrix);
    gl.uniform1f(at.u_sizeRatio, sizeRatio);
    gl.uniform1f(at.u_pixelRatio, pixelRatio);
    gl.uniform3f(at.u_ink, ...rgb(theme.ink));
    gl.uniform3f(at.u_paper, ...rgb(theme.paper));
  }
}

class LineProgram extends EdgeProgram {
  getDefinition() {
    // Along the line, across it, and how far it reaches there at least: wide at the head, narrow before, so that little is painted.
    const body = Array.from({ length: STEPS + 1 }, (_, i) => [i / STEPS, 4]);
    const strip = [...body, [1, 7], [2, 7]].flatMap(([along, reach]) => [[along, -1, reach], [along, 1, reach]]);
    return {
      VERTICES: strip.length, METHOD: TRIANGLE_STRIP, VERTEX_SHADER_SOURCE: LINE_VERTEX, FRAGMENT_SHADER_SOURCE: LINE_FRAGMENT,
      UNIFORMS: ["u_matrix", "u_viewport", "u_sizeRatio", "u_feather"],
      ATTRIBUTES: [floats("a_source", 2), floats("a_target", 2), floats("a_radii", 2), floats("a_look", 4), bytes("a_color"), bytes("a_id")],
      CONSTANT_ATTRIBUTES: [floats("a_at", 3)], CONSTANT_DATA: strip,
    };
  }

  processVisibleItem(id, at, from, to, line) {
    this.array.set([from.x, from.y, to.x, to.y, from.size, to.size,
      line.size, line.bend, STATUSES.indexOf(line.status), HEADS[line.mutual ? "none" : line.sign], floatColor(line.color), id], at);
  }

  setUniforms({ matrix, sizeRatio, pixelRatio, width, height }, { gl, uniformLocations: at }) {
    gl.uniformMatrix3fv(at.u_matrix, false, matrix);
    gl.uniform2f(at.u_viewport, width, height);
    gl.uniform1f(at.u_sizeRatio, sizeRatio);
    gl.uniform1f(at.u_feather, 0.6 / pixelRatio);
  }
}

/** Colours of the page as they are now, for what is drawn without style sheets. */
const theme = {};
const readTheme = () => {
  const style = getComputedStyle(document.documentElement);
  const names = ["ink", "soft", "paper", "node", "plus", "minus", "none", "faint", ...Array.from({ length: 8 }, (_, i) => `group-${i}`)];
  for (const name of names) theme[name] = style.getPropertyValue(`--${name}`).trim();
};

/** Whether this browser can draw with WebGL. */
const canDraw = () => {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
};
