"""Stock: a date slider of Streamlit's, and a folium map that is built anew at every rerun.

streamlit run rebuilt.py -- HISTORY VENDOR (folium_static | st_folium) (dissolved | raw)
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))

from streamlit_folium import folium_static, st_folium

from bench.scrub.apps.page import HEIGHT, WIDTH, read, rerun_ends
from bench.scrub.history import FIRST_DAY
from bench.scrub.stock import areas, empty_map

history_path, vendor, approach, detail = sys.argv[1:5]
history = read(history_path, vendor)
day = st.slider("Day", 0, history.days - 1, FIRST_DAY)
stock = empty_map()
areas(history, day, dissolved=detail == "dissolved").add_to(stock)
if approach == "folium_static":
    warnings.simplefilter("ignore", DeprecationWarning)
    folium_static(stock, width=WIDTH, height=HEIGHT)
else:
    st_folium(stock, key="map", width=WIDTH, height=HEIGHT, returned_objects=[])
rerun_ends()
