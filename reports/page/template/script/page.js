// What happens when the page opens, prints or changes its size.
function takeUpHash() {
  const place = byId("data") && placeOf(location.hash);
  if (place) openOrigin(place);
  else if (/^#(unit|indicator)=/.test(location.hash)) narrowTo(location.hash);
}

setUpFilter();
setUpOrigin(() => (byId("filter") ? filterHash() : ""));
setUpTables();
addEventListener("hashchange", takeUpHash);
if (location.hash.length > 1) takeUpHash();
addEventListener("afterprint", () => root.classList.remove("printing", "card-alone"));
if (window.echarts) setUpCharts();
