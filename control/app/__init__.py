"""The Streamlit app: its widgets, links and visits. Only this package and `control.map.bridge` import Streamlit."""
