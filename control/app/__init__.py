"""The widgets of the app. Beside the bridge of the map, the only place that imports Streamlit."""
