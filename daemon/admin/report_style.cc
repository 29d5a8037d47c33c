#include "daemon/admin/report_style.h"

namespace leadmail::daemon::admin {

// Colours that differ also to those who see no red or no green; contrast of words at least 4.5 to 1 on their ground.
const std::string_view kReportStyle = R"css(
:root{color-scheme:light dark;--ground:#f4f6f8;--card:#fff;--ink:#17212b;--grey:#566371;--line:#dfe5ea;--track:#edf1f5;
--c1:#2b6cb0;--area:#2b6cb022;--good:#1b7f5c;--bad:#c2571a;--warn:#a3410b}
@media (prefers-color-scheme:dark){:root{--ground:#10151b;--card:#1a212a;--ink:#e8edf2;--grey:#a3b1be;--line:#2d3742;
--track:#27313b;--c1:#6fb1f0;--area:#6fb1f026;--good:#4fc795;--bad:#ee9a63;--warn:#ffb27d}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
"Noto Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:1160px;margin:0 auto;padding:28px 20px 40px}
h1{font-size:26px;line-height:1.25;margin:0}
h2{font-size:17px;line-height:1.3;margin:0 0 2px}
header p,.note{color:var(--grey);margin:4px 0 0;font-size:14px}
.tiles{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(min(100%,15.5rem),1fr));margin:22px 0 14px}
.tile,.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px}
.tile h2{font-size:13.5px;font-weight:500;color:var(--grey)}
.tile .big{color:var(--ink);font-size:23px;line-height:1.3;font-weight:650;margin:2px 0;font-variant-numeric:tabular-nums}
.tile p{margin:0;font-size:13.5px;color:var(--grey)}
.alarm{color:var(--warn)!important;font-weight:600}
.cards{display:grid;gap:0 14px;grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:start}
.card{min-width:0;margin:0 0 14px}
.card h3{font-size:13px;font-weight:600;color:var(--grey);margin:14px 0 -4px}
.chart{display:block;margin:14px 0 4px;overflow:visible;font-family:inherit}
.chart text{fill:var(--ink);font-size:13px}
.chart .figure{font-size:12px;font-weight:600;font-variant-numeric:tabular-nums}
.chart .tick{font-size:11px;fill:var(--grey)}
.chart .track{fill:var(--track)}
.chart .axis{stroke:var(--line);stroke-width:1.5}
.chart .c1{fill:var(--c1)}.chart .good{fill:var(--good)}.chart .bad{fill:var(--bad)}
.chart .area{fill:var(--area)}
.chart .line{fill:none;stroke:var(--c1);stroke-width:2.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}
.key{display:inline-block;width:11px;height:11px;border-radius:3px;margin:0 5px 0 0}
.key.good{background:var(--good)}.key.bad{background:var(--bad)}
.legend{font-size:13px;color:var(--grey);margin:8px 0 0;display:flex;gap:16px}
table{width:100%;border-collapse:collapse;margin:12px 0 0;font-size:14px}
th,td{padding:7px 0 7px 14px;text-align:right;border-top:1px solid var(--line);font-variant-numeric:tabular-nums;
vertical-align:top;overflow-wrap:normal}
td{white-space:nowrap}
th:first-child{text-align:left;padding-left:0}
tbody th{overflow-wrap:anywhere;min-width:5.5em}
thead th{font-size:12.5px;font-weight:500;color:var(--grey);border-top:0;vertical-align:bottom}
tbody th{font-weight:500}
footer{color:var(--grey);font-size:13px;margin:20px 0 0}
@media (max-width:820px){.cards{grid-template-columns:minmax(0,1fr)}}
@media (max-width:640px){
table{font-size:13px}
th,td{padding-left:8px}
thead th{font-size:11.5px}
main{padding:20px 14px 28px}
h1{font-size:22px}
.tiles{grid-template-columns:1fr 1fr;gap:10px}
.tile{padding:12px 13px}
.tile .big{font-size:19px}
.card{padding:14px}
table.broad,table.broad tbody,table.broad tr,table.broad td,table.broad tbody th{display:block}
table.broad thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
table.broad tr{border-top:1px solid var(--line);padding:8px 0}
table.broad td,table.broad tbody th{border:0;padding:2px 0}
table.broad td{display:flex;justify-content:space-between;gap:12px;white-space:normal}
table.broad tbody th{font-weight:600}
table.broad td::before{content:attr(data-label);color:var(--grey);text-align:left}
}
@page{margin:14mm}
@media print{
:root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#111;--grey:#444;--line:#bbb;--track:#eee;--c1:#2b6cb0;
--area:#2b6cb022;--good:#1b7f5c;--bad:#c2571a;--warn:#8a3506}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{font-size:10.5pt}
main{max-width:none;padding:0}
.tile,.card{break-inside:avoid;border-radius:0}
.tiles{grid-template-columns:repeat(4,1fr)}
.cards{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}
.tile .big{font-size:15pt}
}
)css";

}  // namespace leadmail::daemon::admin
