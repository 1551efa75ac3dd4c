"""Small Streamlit apps, one for each way of showing a history."""
