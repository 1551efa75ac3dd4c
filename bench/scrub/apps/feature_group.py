"""Stock: a date slider of Streamlit's, and one folium map whose dissolved areas are exchanged at every rerun.

streamlit run feature_group.py -- HISTORY VENDOR
"""

from __future__ import annotations

import sys
from pathlib import Path

import folium
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[3]))

from streamlit_folium import st_folium

from bench.scrub.apps.page import HEIGHT, WIDTH, read, rerun_ends
from bench.scrub.history import FIRST_DAY
from bench.scrub.stock import areas, empty_map

history = read(*sys.argv[1:3])
day = st.slider("Day", 0, history.days - 1, FIRST_DAY)
group = folium.FeatureGroup()
areas(history, day, dissolved=True).add_to(group)
st_folium(empty_map(), key="map", feature_group_to_add=group, width=WIDTH, height=HEIGHT, returned_objects=[])
rerun_ends()
