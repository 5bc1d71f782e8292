/* Tributary tag. On every page: <script async src="https://go.example/t.js" data-offer="ofr_…"></script>
   It keeps the click id that came with the landing address and reports how the visitor came. After a sale:
   tributary("conversion", {goal: "sale", amount: "80.00", currency: "EUR", order_id: "1001"}).
   Where visitors are asked (the workspace says so, or data-consent="required"), nothing is kept, read or sent before
   tributary("consent", "granted"); tributary("consent", "denied") forgets what was kept.
   data-parameter names the landing parameter where it is not click_id. */
(function () {
  "use strict";
  var asks = false;
  var script = document.currentScript;
  var door = new URL("/t", script.src).href;
  var name = script.getAttribute("data-parameter") || "click_id";
  var offer = script.getAttribute("data-offer") || "";
  asks = asks || script.getAttribute("data-consent") === "required";
  var query = new URLSearchParams(location.search);
  var said = asks ? "" : "off";
  var begun = false;
  var days = 365;

  function keep(key, value, age) {
    try { localStorage.setItem(key, value); } catch (error) { /* storage is off */ }
    document.cookie = key + "=" + encodeURIComponent(value) + "; path=/; max-age=" + age * 86400 + "; samesite=lax";
  }

  function kept(key) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + key + "=([^;]*)"));
    if (found) { return decodeURIComponent(found[1]); }
    try { return localStorage.getItem(key) || ""; } catch (error) { return ""; }
  }

  function forget(key) {
    try { localStorage.removeItem(key); } catch (error) { /* storage is off */ }
    document.cookie = key + "=; path=/; max-age=0; samesite=lax";
  }

  function post(event, fields) {
    var body = { event: String(event), page: location.origin + location.pathname };
    var own = { click_id: kept("trib_c"), visitor_id: kept("trib_id"), offer_id: offer };
    for (var key in own) { if (own[key]) { body[key] = own[key]; } }
    if (said === "granted") { body.consent = said; }
    for (var field in fields || {}) { body[field] = fields[field]; }
    return fetch(door, { method: "POST", body: JSON.stringify(body), credentials: "include", keepalive: true })
      .then(function (response) {
        var visitor = response.headers.get("tributary-visitor");
        if (visitor) { keep("trib_id", visitor, days); }
        return response.status === 204 ? null : response.json();
      })
      .catch(function () { return null; });
  }

  function arrival() {
    var fields = {};
    var from = document.referrer.split(/[?#]/)[0];
    if (from.split("/")[2] !== location.host) { fields.entry = "1"; fields.referrer = from.slice(0, 500); }
    if (query.get(name)) { fields.arrived = "1"; }
    ["utm_source", "utm_medium", "utm_campaign"].forEach(function (key) {
      if (query.get(key)) { fields[key] = query.get(key).slice(0, 200); }
    });
    if (query.get("gclid") || query.get("msclkid") || query.get("yclid")) { fields.paid = "1"; }
    return fields;
  }

  function begin() {
    if (begun) { return; }
    begun = true;
    if (query.get(name)) { keep("trib_c", query.get(name), 30); }
    post("page", arrival());
  }

  function consent(word) {
    if (word === "granted" || word === true) {
      said = "granted";
      keep("trib_ok", "1", days);
      begin();
    } else {
      said = "denied";
      ["trib_ok", "trib_c", "trib_id"].forEach(forget);
    }
    return Promise.resolve(null);
  }

  window.tributary = function (event, fields) {
    if (event === "consent") { return consent(fields); }
    if (said === "off" || said === "granted") { return post(event, fields); }
    return Promise.resolve(null);
  };

  if (asks && kept("trib_ok")) { said = "granted"; }
  if (said) { begin(); }
})();
