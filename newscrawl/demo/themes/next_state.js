// Renders the page's state, as the application of a newspaper would; without it the page is empty.
const { props: { pageProps: page } } = JSON.parse(document.getElementById("__NEXT_DATA__").textContent);
const html = (strings, ...values) => strings.reduce((text, part, index) => text + (values[index - 1] ?? "") + part);
const link = (href, text) => html`<a href="${href}">${text}</a>`;
const day = (iso) => new Date(iso).toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
const cards = (title, list) =>
  html`<section class="cartes"><h2>${title}</h2>${list.map((card) => html`<h3>${link(card.href, card.titre)}</h3><p>${card.chapo}</p>`).join("")}</section>`;

function article({ titre, chapo, signature, datePublication, rubrique, image, contenu, note, source, motsCles }) {
  const photo = image && html`<figure><img src="${image.src}" alt=""><figcaption>${image.legende}</figcaption></figure>`;
  return html`<article><p class="rubrique">${link(rubrique.href, rubrique.nom)}</p><h1>${titre}</h1>
    <p class="chapo">${chapo}</p><p class="signature">${signature} · ${day(datePublication)}</p>
    <p class="partage"><button>Partager</button> <button>Copier le lien</button> <button>Imprimer</button></p>${photo}
    ${contenu.map((block) => block.html).join("")}${note && html`<p>${note}</p>`}${source}
    <p class="mots">${motsCles.join(" · ")}</p></article>
    <aside class="don"><p>${page.don.texte}</p>${link(page.don.url, "Je soutiens")}</aside>
    ${cards("À lire aussi", page.aLire)}${cards("Les plus lus", page.plusLus)}
    <aside class="lettre"><h2>${page.newsletter.titre}</h2><p>${page.newsletter.texte}</p><input type="email"><button>Je m’inscris</button></aside>`;
}

function listing({ titre, articles, pagination }) {
  const pages = pagination.map(({ label, href }) => (href ? link(href, label) : html`<b>${label}</b>`)).join(" ");
  return html`${cards(titre, articles)}<p class="pages">${pages}</p>`;
}

const content = page.article ? article(page.article) : page.articles ? listing(page) : html`<h1>${page.titre}</h1>${page.html}`;
document.getElementById("__next").innerHTML = html`<header><a class="titre" href="/">La Gazette du Littoral</a>
  <nav>${page.menu.map(({ nom, href }) => link(href, nom)).join(" ")}</nav></header><main>${content}</main>
  <footer>${link("/a-propos", "À propos")} · ${link("/galerie", "En images")} · ${link("/recherche", "Recherche")}
  <p>© 2026 La Gazette du Littoral, société coopérative, 2 quai des Terre-Neuvas, Port-Lannec.</p></footer>
  <div class="cookies">Ce site mesure son audience sans vous suivre ailleurs. <button>D’accord</button> <button>Refuser</button></div>`;
