"""The mice of the demo release, with genotypes of the real data set."""

from __future__ import annotations

from datetime import UTC, datetime

from data_layer.demo.sessions import Mouse

_AI148 = "Ai148(TIT2L-GC6f-ICL-tTA2)"
_AI93 = "Ai93(TITL-GCaMP6f)"

SLC17A7 = Mouse(
    mouse_id="603817",
    sex="F",
    date_of_birth=datetime(2020, 1, 9, tzinfo=UTC),
    full_genotype=f"Slc17a7-IRES2-Cre/wt;Camk2a-tTA/wt;{_AI93}/wt",
    driver_line=("Slc17a7-IRES2-Cre", "Camk2a-tTA"),
    reporter_line=_AI93,
)
SST = Mouse(
    mouse_id="610552",
    sex="M",
    date_of_birth=datetime(2020, 2, 3, tzinfo=UTC),
    full_genotype=f"Sst-IRES-Cre/wt;{_AI148}/wt",
    driver_line=("Sst-IRES-Cre",),
    reporter_line=_AI148,
)
VIP = Mouse(
    mouse_id="617943",
    sex="M",
    date_of_birth=datetime(2020, 2, 27, tzinfo=UTC),
    full_genotype=f"Vip-IRES-Cre/wt;{_AI148}/wt",
    driver_line=("Vip-IRES-Cre",),
    reporter_line=_AI148,
)
