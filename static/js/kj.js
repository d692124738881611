// Comfort on top of pages that work without it: no build step, no inline code, no storage of personal data.
(function () {
  "use strict";
  var each = function (selector, work, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), work);
  };

  // "/" goes to the search field, as its hint says.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") each("details[data-pop][open]", function (pop) { pop.open = false; });
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    var field = document.querySelector('[data-hotkey="/"]');
    if (field && field.offsetParent) { event.preventDefault(); field.focus(); }
  });

  // A key that a page names does what its button, link or field does; never while somebody types.
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    var meant = document.querySelector('[data-key="' + CSS.escape(event.key) + '"], [data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (!meant) return;
    event.preventDefault();
    if (/^(INPUT|SELECT)$/.test(meant.tagName)) meant.focus(); else meant.click();
  });

  // A click elsewhere closes an open menu.
  document.addEventListener("click", function (event) {
    each("details[data-pop][open]", function (pop) {
      if (!pop.contains(event.target)) pop.open = false;
    });
  });

  // A form is sent once, however often the button is pressed; a page from the back cache is fresh again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    each("button[type=submit]", function (button) { button.setAttribute("aria-disabled", "true"); }, form);
  });
  window.addEventListener("pageshow", function () {
    each("form[data-once]", function (form) {
      delete form.dataset.sent;
      each("button[aria-disabled]", function (button) { button.removeAttribute("aria-disabled"); }, form);
    });
  });

  // Choosing all rows of the page, and counting the chosen.
  document.addEventListener("change", function (event) {
    var box = event.target;
    if (box.matches("[data-all]")) {
      each('input[type=checkbox][name="' + box.dataset.all + '"]', function (row) { row.checked = box.checked; });
    }
    if (box.form && box.type === "checkbox") {
      each("[data-chosen]", function (place) {
        place.textContent = box.form.querySelectorAll('input[name="' + place.dataset.chosen + '"]:checked').length;
      }, box.form);
    }
  });

  // A file that is too large is refused before it travels over a slow line.
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (!input.matches("input[type=file][data-max]")) return;
    var large = input.files[0] && input.files[0].size > Number(input.dataset.max);
    input.setCustomValidity(large ? input.dataset.maxMessage || "" : "");
    if (large) { input.reportValidity(); input.value = ""; }
  });

  // Progress: the part is asked for again until it no longer asks to be; a hidden tab waits.
  function poll(part) {
    var again = function () { setTimeout(ask, 1000 * Number(part.dataset.every || 2)); };
    var ask = function () {
      if (!part.isConnected) return;
      if (document.hidden) { again(); return; }
      fetch(part.dataset.poll, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
        .then(function (answer) {
          if (answer.headers.get("HX-Redirect")) { location.assign(answer.headers.get("HX-Redirect")); return; }
          if (answer.headers.get("HX-Refresh") || answer.redirected) { location.reload(); return; }
          if (!answer.ok) throw new Error(answer.status);
          return answer.text().then(function (html) {
            var page = new DOMParser().parseFromString(html, "text/html");
            var fresh = page.getElementById(part.id) || page.body.firstElementChild;
            if (!fresh) { location.reload(); return; }
            fresh = document.importNode(fresh, true);
            part.replaceWith(fresh);
            start(fresh.parentNode);
          });
        })
        .catch(again);
    };
    again();
  }
  function start(root) {
    each("[data-poll]:not([data-polling])", function (part) {
      part.setAttribute("data-polling", "");
      poll(part);
    }, root);
  }

  // The end of the session is announced two minutes ahead, with a button that extends it in place.
  function watchSession(box) {
    var timer, form = box.querySelector("form");
    var set = function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        box.hidden = false;
        form.querySelector("button").focus();
      }, Math.max(5, Number(box.dataset.session) - 120) * 1000);
    };
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
        .then(function (answer) {
          if (!answer.ok) throw new Error(answer.status);
          box.hidden = true;
          set();
        })
        .catch(function () { form.submit(); });
    });
    set();
  }

  // A roster is sent with its real progress; when the line drops, the page says so and keeps the choice.
  function send(form, event) {
    event.preventDefault();
    var asked = new XMLHttpRequest(), place = form.querySelector(".sending"), bar, words;
    if (!place) {
      place = document.createElement("div");
      place.className = "progress sending";
      place.setAttribute("aria-live", "polite");
      form.appendChild(place);
    }
    place.className = "progress sending";
    place.textContent = form.dataset.sending;
    bar = place.appendChild(document.createElement("progress"));
    bar.setAttribute("aria-label", form.dataset.sending);
    bar.max = 1;
    asked.upload.onprogress = function (sent) {
      if (sent.lengthComputable) bar.value = sent.loaded / sent.total;
    };
    asked.onload = function () {
      var next = asked.getResponseHeader("HX-Redirect");
      if (next) { location.assign(next); return; }
      if (asked.status !== 422) { asked.onerror(); return; }
      words = asked.responseText; // its main part alone: a whole page would bring its own styles
      words = new DOMParser().parseFromString(words.slice(words.indexOf("<main"), words.indexOf("</main>")), "text/html");
      document.querySelector("main").replaceWith(document.importNode(words.querySelector("main"), true));
      prepare(document.querySelector("main"));
    };
    asked.onerror = function () {
      place.className = "sending notice r";
      place.setAttribute("role", "alert");
      place.textContent = form.dataset.cut;
      delete form.dataset.sent;
      each("button[aria-disabled]", function (button) { button.removeAttribute("aria-disabled"); }, form);
    };
    asked.open("POST", form.action);
    asked.setRequestHeader("HX-Request", "true");
    asked.send(new FormData(form));
  }

  // Fields that only some answers need: hidden until one of these answers is chosen.
  function when(part) {
    var field = document.getElementById(part.dataset.when);
    if (!field) return;
    var show = function () { part.hidden = part.dataset.values.split(" ").indexOf(field.value) < 0; };
    field.addEventListener("change", show);
    show();
  }

  function prepare(root) {
    each("form[data-upload]", function (form) {
      form.addEventListener("submit", function (event) {
        if (!event.defaultPrevented && !form.dataset.sent) send(form, event);
      });
    }, root);
    each("[data-when]", when, root);
    var summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
    start(root);
  }

  each("[data-js]", function (part) { part.hidden = false; });
  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  each("[data-session]", watchSession);
  prepare(document);
  document.addEventListener("htmx:afterSwap", function (event) { start(event.target.parentNode || document); });
})();
