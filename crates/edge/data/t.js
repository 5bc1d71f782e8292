/* Tributary tag. On every page: <script async src="https://go.example/t.js"></script>
   It keeps the click id that came with the landing address and reports page views. After a sale:
   tributary("conversion", {goal: "sale", amount: "80.00", currency: "EUR", order_id: "1001"}).
   data-parameter names the landing parameter where it is not click_id. */
(function () {
  "use strict";
  var script = document.currentScript;
  var door = new URL("/t", script.src).href;
  var name = script.getAttribute("data-parameter") || "click_id";
  var key = "trib_c";

  function remember(id) {
    try { localStorage.setItem(key, id); } catch (error) { /* storage is off */ }
    document.cookie = key + "=" + encodeURIComponent(id) + "; path=/; max-age=2592000; samesite=lax";
  }

  function recall() {
    var found = document.cookie.match(/(?:^|; )trib_c=([^;]*)/);
    if (found) { return decodeURIComponent(found[1]); }
    try { return localStorage.getItem(key) || ""; } catch (error) { return ""; }
  }

  function send(event, fields) {
    var body = { event: String(event), page: location.origin + location.pathname };
    var click = recall();
    if (click) { body.click_id = click; }
    for (var field in fields || {}) { body[field] = fields[field]; }
    var text = JSON.stringify(body);
    return fetch(door, { method: "POST", body: text, credentials: "include", keepalive: true })
      .then(function (response) { return response.status === 204 ? null : response.json(); })
      .catch(function () { return null; });
  }

  var arrived = new URLSearchParams(location.search).get(name);
  if (arrived) { remember(arrived); }
  window.tributary = send;
  send("page");
})();
